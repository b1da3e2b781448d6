/* May what one account typed be sent now? Only as that account. */

/** "same", "other", "signed out", "signed in" (on a page of nobody), or "offline". */
export function standingOf(typedBy, found) {
  if (!found) return "offline";
  if (found.account === typedBy) return "same";
  if (!found.account) return "signed out";
  return typedBy ? "other" : "signed in";
}
