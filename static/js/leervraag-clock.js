/* <span data-leervraag-clock data-now="…" data-until="…"> counts down the minutes of a question, both in ms of the
   server's clock. It may run over; nothing moves by itself. */
for (const clock of document.querySelectorAll("[data-leervraag-clock]")) {
  const { now, until, left, over } = clock.dataset;
  const loaded = performance.now();
  const show = () => {
    const seconds = Math.ceil((Number(until) - Number(now) - (performance.now() - loaded)) / 1000);
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    clock.textContent = seconds > 0 ? left.replace("{time}", time) : over;
  };
  clock.hidden = false;
  show();
  setInterval(show, 1000);
}
