/* htmx sends the CSRF token as a header, so that a button outside a form may post too. */
import { csrfToken } from "../shared/csrf.js";

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrfToken();
});
