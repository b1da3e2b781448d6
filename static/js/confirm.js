/* data-confirm="question" on a form or its button asks first, in the page's own dialog; hx-confirm uses it too.
   A form may give the words of the yes-button: data-confirm-yes="Ja, wis het fragment". */
const dialog = document.getElementById("confirm");
const yes = dialog?.querySelector('[value="yes"]');
const plainYes = yes?.textContent;

/** Resolves to true when the reader said yes. */
export function ask(question, yesText = plainYes) {
  dialog.querySelector("#confirm-text").textContent = question;
  yes.textContent = yesText;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

const agreed = new WeakSet();

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const asker = event.submitter?.dataset.confirm ? event.submitter : form;
  if (!dialog || !asker.dataset.confirm || agreed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (await ask(asker.dataset.confirm, asker.dataset.confirmYes)) {
    agreed.add(form);
    form.requestSubmit(event.submitter);
  }
}, true);

document.addEventListener("htmx:confirm", async (event) => {
  if (!dialog || !event.detail.question) return;
  event.preventDefault();
  if (await ask(event.detail.question, event.target.dataset.confirmYes)) event.detail.issueRequest(true);
});
