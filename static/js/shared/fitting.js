/* <div data-fit="4"> gets the first data-step from 1 to 4 in which all of it is in view; the sheet says how each step
   looks. What does not fit in the last one either is shrunk from the end (data-may-shrink, by data-shrunk), and then
   leaves from the end (data-may-go); an element with data-more="en nog {n}" counts what left, with the data-beside that
   the page leaves out already. */

const overflows = (box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1;

export function fitAll(root) {
  for (const box of root.querySelectorAll("[data-fit]")) fit(box);
}

function fit(box) {
  const [shrinking, going] = ["shrink", "go"].map((what) => [...box.querySelectorAll(`[data-may-${what}]`)]);
  shrink(shrinking, 0);
  leaveOut(box, going, 0);
  for (let step = 1; step <= Number(box.dataset.fit); step += 1) {
    box.dataset.step = step;
    if (!overflows(box)) return;
  }
  for (let count = 1; count <= shrinking.length && overflows(box); count += 1) shrink(shrinking, count);
  for (let count = 1; count < going.length && overflows(box); count += 1) leaveOut(box, going, count);
}

function shrink(items, count) {
  for (const [place, item] of items.entries()) item.toggleAttribute("data-shrunk", place >= items.length - count);
}

function leaveOut(box, items, count) {
  for (const [place, item] of items.entries()) item.hidden = place >= items.length - count;
  for (const more of box.querySelectorAll("[data-more]")) {
    const all = count + Number(more.dataset.beside ?? 0);
    more.hidden = all === 0;
    more.textContent = more.dataset.more.replace("{n}", all);
  }
}
