/* On an error's page: what was typed was not taken, so keep-typed.js brings it back on the page of its form. */
for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith("typed:"))) {
  const kept = JSON.parse(sessionStorage.getItem(key));
  if (kept?.sent) sessionStorage.setItem(key, JSON.stringify({ ...kept, sent: false }));
}
