/* What every page needs. Each import does one thing by itself; a page adds its own module in {% block page_js %}. */
import "./double-click.js";
import "./htmx-csrf.js";
import "./menu.js";
import "./confirm.js";
import "./submit-once.js";
import "./toast.js";
import "./autosave.js"; // before what was kept comes back: that is saved too
import "./keep-typed.js";
import "./counter.js";
