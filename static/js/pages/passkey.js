/* allauth's passkey scripts say to the console alone that it did not work; here the reader is told. */
import { toast } from "../app/toast.js";

const words = document.querySelector("[data-passkey-failed]").dataset;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const isWrongAddress = event.detail.exception?.name === "SecurityError";
  toast(isWrongAddress ? words.passkeyAddress : words.passkeyFailed, "warning");
});
