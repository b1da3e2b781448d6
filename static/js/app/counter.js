/* A field that holds a limited number of characters says so when it is nearly full. What is too much stays in it, for a
   browser that cuts a paste does so without a word: the form says no. The words come from the page: "{n} van {max} tekens". */
const NEARLY = 0.8;
const words = document.querySelector("[data-toasts]")?.dataset.counter;

document.addEventListener("input", ({ target: field }) => {
  if (!words || !field.matches("textarea, input[type=text], input[type=url]") || !field.dataset.most) return;
  const most = Number(field.dataset.most);
  const used = field.value.length;
  let counter = field.nextElementSibling;
  if (!counter?.matches("[data-counter]")) {
    if (used < NEARLY * most) return;
    counter = document.createElement("p");
    counter.className = "counter";
    counter.dataset.counter = "";
    field.after(counter);
  }
  counter.classList.toggle("over", used > most);
  counter.hidden = used < NEARLY * most;
  counter.textContent = words.replace("{n}", used).replace("{max}", most);
});
