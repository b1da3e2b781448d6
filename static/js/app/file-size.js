/* <input type="file" data-most-bytes="…" data-too-large="Why not"> says beside itself that what was chosen is too large,
   and its form does not go: the server refuses such a body before it reads a field of it, so what was typed would not come
   back. The attributes come from at_most() in netwerkleren/base/fields.py. */
const isTooLarge = (field) => [...field.files].some(({ size }) => size > Number(field.dataset.mostBytes));
const isLimited = (field) => field.matches("input[type=file][data-most-bytes]");

function show(field) {
  const id = `${field.id}_too_large`;
  const isBad = isTooLarge(field);
  const isBadToServer = document.getElementById(`${field.id}_error`) !== null;
  const describedBy = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  document.getElementById(id)?.remove();
  describedBy.delete(id);
  if (isBad) {
    const words = document.createElement("p");
    words.className = "error";
    words.id = id;
    words.setAttribute("role", "alert");
    words.textContent = field.dataset.tooLarge;
    field.before(words);
    describedBy.add(id);
  }
  if (describedBy.size > 0) field.setAttribute("aria-describedby", [...describedBy].join(" "));
  else field.removeAttribute("aria-describedby");
  if (isBad || isBadToServer) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  field.closest(".field")?.classList.toggle("bad", isBad || isBadToServer);
}

document.addEventListener("change", ({ target }) => {
  if (isLimited(target)) show(target);
});

// On the window and before any other module, so that none takes the form for sent.
window.addEventListener(
  "submit",
  (event) => {
    const tooLarge = [...event.target.elements].filter((field) => isLimited(field) && isTooLarge(field));
    if (tooLarge.length === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    for (const field of tooLarge) show(field);
    tooLarge[0].focus();
  },
  true,
);
