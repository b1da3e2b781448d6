/* <fill-row>: "elke 5 weken op woensdag" fills the dates of the form that are still empty, in their order. It counts on
   from data-start, else from the first field that has a date. A date in a free week of the form moves a week on. */
import { everyWeeks } from "../shared/date-words.js";

class FillRow extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => this.fill());
  }

  fill() {
    const form = this.closest("form");
    const fields = [...form.querySelectorAll('input[type="date"], input[type="datetime-local"]')];
    const at = this.dataset.start ? -1 : fields.findIndex((field) => field.value);
    const from = this.dataset.start ?? fields[at]?.value;
    const said = this.querySelector("[role=status]");
    if (!from) {
      said.textContent = said.dataset.empty;
      fields[0]?.focus();
      return;
    }
    const later = fields.slice(at + 1);
    const dates = everyWeeks(from.slice(0, 10), {
      weeks: Number(this.querySelector("[data-weeks]").value),
      weekday: Number(this.querySelector("[data-weekday]").value),
      count: later.length,
      free: JSON.parse(form.dataset.free ?? "[]"),
    });
    let filled = 0;
    dates.forEach((date, index) => {
      const field = later[index];
      if (field.value) return;
      field.value = field.type === "date" ? date : `${date}T${from.slice(11, 16) || "15:30"}`;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      filled += 1;
    });
    said.textContent = said.dataset.done.replace("0", filled);
  }
}

customElements.define("fill-row", FillRow);
