/* data-confirm="question" on a form or its button asks first, in the page's own dialog; hx-confirm uses it too.
   What follows the question mark stands below it as plain text.
   - data-confirm-yes="Ja, wis het fragment": the words of the yes-button;
   - data-confirm-calm: nothing is lost by a yes, so its button is not red.
   While the question is open, its form has data-asked and stays as it is, also when the page around it is refreshed
   (shared/morph.js). When it went from the page, a yes does nothing, and the reader is told. */
import { toast } from "./toast.js";

const dialog = document.getElementById("confirm");
const yes = dialog?.querySelector('[value="yes"]');
const plainYes = yes?.textContent;

/** Resolves to true when the reader said yes. */
export function ask(text, { confirmYes = plainYes, confirmCalm } = {}) {
  // A name between quotes may hold a question mark of its own.
  const [, question, more] = text.match(/^((?:“[^”]*”|[^“?])+\?)\s+(.+)$/s) ?? [null, text, ""];
  const below = dialog.querySelector("#confirm-more");
  dialog.querySelector("#confirm-text").textContent = question;
  below.textContent = more;
  below.hidden = !more;
  yes.textContent = confirmYes;
  yes.classList.toggle("danger", confirmCalm === undefined);
  yes.classList.toggle("primary", confirmCalm !== undefined);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

/** Resolves to true when the reader said yes to what still stands. */
async function askAbout(asker, text, words, submitter = null) {
  asker.setAttribute("data-asked", "");
  const isYes = await ask(text, words);
  asker.removeAttribute("data-asked");
  const stands = asker.isConnected && (!submitter || submitter.form === asker);
  if (isYes && !stands) toast(dialog.dataset.changed, "warning");
  else if (!isYes) asker.dispatchEvent(new CustomEvent("asked", { bubbles: true }));
  return isYes && stands;
}

const agreed = new WeakSet();

/** Whether this form asks its reader before it goes. */
export function asksFirst(form, submitter) {
  return Boolean(dialog && (submitter?.dataset.confirm || form.dataset.confirm) && !agreed.has(form));
}

document.addEventListener(
  "submit",
  async (event) => {
    const { target: form, submitter } = event;
    const { dataset } = submitter?.dataset.confirm ? submitter : form;
    if (!dialog || !dataset.confirm || agreed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (await askAbout(form, dataset.confirm, dataset, submitter)) {
      agreed.add(form);
      // By the focus htmx knows which button sends a form, and the dialog took it away.
      submitter?.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
      form.requestSubmit(submitter);
    }
  },
  true,
);

document.addEventListener("htmx:confirm", async (event) => {
  const { target, detail } = event;
  if (!dialog || !detail.question) return;
  event.preventDefault();
  if (await askAbout(target, detail.question, target.dataset)) detail.issueRequest(true);
});
