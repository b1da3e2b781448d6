/* <div data-adds-to="id" hidden> with buttons [data-line]: a tap writes that line at the end of the field, and one that
   stands there already is not offered. Typing it works as well, so without this module the buttons stay hidden. */
for (const box of document.querySelectorAll("[data-adds-to]")) {
  const field = document.getElementById(box.dataset.addsTo);
  const buttons = [...box.querySelectorAll("[data-line]")];
  const linesOf = (text) => text.split("\n").map((line) => line.trim());

  function showLeft() {
    const written = new Set(linesOf(field.value));
    for (const button of buttons) button.hidden = written.has(button.dataset.line);
    box.hidden = buttons.every((button) => button.hidden);
  }

  box.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-line]");
    if (!button) return;
    const before = field.value.trimEnd();
    field.value = before ? `${before}\n${button.dataset.line}` : button.dataset.line;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  field.addEventListener("input", showLeft);
  showLeft();
}
