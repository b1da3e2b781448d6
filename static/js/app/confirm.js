/* data-confirm="question" on a form or its button asks first, in the page's own dialog; hx-confirm uses it too.
   What follows the question mark stands below it as plain text.
   - data-confirm-yes="Ja, wis het fragment": the words of the yes-button;
   - data-confirm-calm: nothing is lost by a yes, so its button is not red. */
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

const agreed = new WeakSet();

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    const asker = event.submitter?.dataset.confirm ? event.submitter : form;
    if (!dialog || !asker.dataset.confirm || agreed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (await ask(asker.dataset.confirm, asker.dataset)) {
      agreed.add(form);
      form.requestSubmit(event.submitter);
    }
  },
  true,
);

document.addEventListener("htmx:confirm", async (event) => {
  if (!dialog || !event.detail.question) return;
  event.preventDefault();
  if (await ask(event.detail.question, event.target.dataset)) event.detail.issueRequest(true);
});
