/* What every page loads: each module of app/ does one thing by itself. What one page loads is in pages/, and its template
   names it in {% block page_js %}. What does nothing until it is imported is in shared/. */
import "./app/double-click.js";
import "./app/htmx-csrf.js";
import "./app/menu.js";
import "./app/confirm.js";
import "./app/file-size.js"; // before what else sends a form
import "./app/sending.js";
import "./app/sign-out.js";
import "./app/submit-once.js";
import "./app/toast.js";
import "./app/autosave.js"; // before what was kept comes back: that is saved too
import "./app/keep-typed.js";
import "./app/counter.js";
import "./app/goes-along.js";
import "./app/date-words.js"; // after what was kept came back
import "./app/waiting.js"; // after a form that saves itself took what waits of it
