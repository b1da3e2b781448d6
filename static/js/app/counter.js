/* A field that holds a limited number of characters says so when it is nearly full: what is pasted beyond that, a browser
   leaves out without a word. The words come from the page: "{n} van {max} tekens". */
const NEARLY = 0.8;
const words = document.querySelector("[data-toasts]")?.dataset.counter;

document.addEventListener("input", ({ target: field }) => {
  if (!words || !field.matches("textarea, input[type=text]") || field.maxLength < 1) return;
  const used = field.value.length;
  let counter = field.nextElementSibling;
  if (!counter?.matches("[data-counter]")) {
    if (used < NEARLY * field.maxLength) return;
    counter = document.createElement("p");
    counter.className = "counter";
    counter.dataset.counter = "";
    field.after(counter);
  }
  counter.hidden = used < NEARLY * field.maxLength;
  counter.textContent = words.replace("{n}", used).replace("{max}", field.maxLength);
});
