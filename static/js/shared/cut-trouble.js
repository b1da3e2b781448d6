/* What went wrong at a cut, in the words of the page and with its ways out (_cut_trouble.html): never a recording that goes
   whole without a word. */

/** `reason` is one that the page has words for, or a mould with the words; of another it says that it failed. */
export function tellTrouble(page, reason) {
  const wordsOf = (name) => page.querySelector(`[data-trouble-of="${name}"]`);
  const mould = typeof reason === "string" ? (wordsOf(reason) ?? wordsOf("failed")) : reason;
  const paragraph = document.createElement("p");
  paragraph.textContent = mould.content.textContent.trim();
  const said = mould.content.firstElementChild ?? paragraph;
  const more = page.querySelector("[data-trouble-more]").content;
  const trouble = page.querySelector("[data-trouble]");
  page.querySelector("[data-trouble-words]").replaceChildren(said.cloneNode(true), more.cloneNode(true));
  trouble.hidden = false;
  trouble.focus();
}
