/* A thing in the hand: by mouse as soon as it moves, by a finger after a short hold. Its room stays open, and `root` is
   busy (data-busy) from the first press, so nothing moves under the finger; the page goes along where `scrolls` says so.
   What is under the finger at release, `drops` is told. */
import { isSwipe } from "./agenda-rules.js";
import { LIFT_MS } from "./meetlat-rules.js";

/** Makes what matches `selector` in `root` a thing to carry. The carried one has the class `carried`; its first child
    goes along with the hand. With `hand.isAtOnce` a finger takes it as a mouse does, where no page scrolls. `hand` answers: `takes(thing)` when it is taken up, `scrolls(point, ms, now)` how far the page
    goes, `over(thing, point, now)` at every frame, `drops(thing, point, now)` at release, with what is to be done
    then, and `ends()` in any case. */
export function makeCarried(root, selector, hand) {
  let held = null;

  root.addEventListener("pointerdown", (event) => {
    const thing = event.target.closest(selector);
    if (held || !thing || !event.isPrimary || event.button > 0) return;
    root.setAttribute("data-busy", "");
    held = hold(thing, event, hand, () => {
      held = null;
      root.removeAttribute("data-busy");
    });
  });
  // There from the start: Safari asks at the first touch who may keep the page from scrolling.
  root.addEventListener("touchmove", (event) => held?.isCarried() && event.preventDefault(), { passive: false });
  root.addEventListener("contextmenu", (event) => held && event.preventDefault());
}

function hold(thing, { clientX, clientY, pointerId, pointerType, timeStamp }, hand, done) {
  const isMouse = pointerType === "mouse" || hand.isAtOnce;
  const from = { x: clientX, y: clientY };
  const scrolledAt = scrollY;
  const waiting = isMouse ? 0 : setTimeout(take, LIFT_MS);
  let at = from;
  let isCarried = false;
  let frame = 0;
  let seen = 0;

  function take() {
    isCarried = true;
    thing.classList.add("carried");
    thing.setPointerCapture(pointerId); // also when it is let go outside the window
    hand.takes(thing);
    show();
    frame = requestAnimationFrame(goAlong);
  }
  function goAlong(now) {
    const ms = seen ? Math.min(now - seen, 50) : 0;
    scrollBy({ top: hand.scrolls(at, ms, now), behavior: "instant" });
    seen = now;
    show();
    hand.over(thing, at, now);
    frame = requestAnimationFrame(goAlong);
  }
  function show() {
    const [right, down] = [at.x - from.x, at.y - from.y + scrollY - scrolledAt];
    thing.firstElementChild.style.transform = `translate(${right}px, ${down}px)`;
  }
  function move(event) {
    if (event.pointerId !== pointerId) return;
    at = { x: event.clientX, y: event.clientY };
    if (isMouse) {
      if (!isCarried && isSwipe(from, at, 5)) take();
      return;
    }
    // By when the finger moved, not by when a busy page heard of it.
    const isHeld = event.timeStamp - timeStamp >= LIFT_MS;
    if (!isHeld && isSwipe(from, at)) end();
    else if (isHeld && !isCarried) take();
  }
  function release(event) {
    if (event.pointerId !== pointerId) return;
    at = { x: event.clientX, y: event.clientY };
    end(isCarried && event.type === "pointerup" ? event.timeStamp : null);
  }
  function leave(event) {
    if (event.key !== "Escape" || !isCarried) return;
    event.stopPropagation();
    end();
  }
  function end(now = null) {
    clearTimeout(waiting);
    cancelAnimationFrame(frame);
    for (const [name, act] of Object.entries(acts)) removeEventListener(name, act, true);
    if (isCarried && isMouse) keepFromClicking();
    const deed = now === null ? null : hand.drops(thing, at, now);
    thing.classList.remove("carried");
    thing.firstElementChild.style.transform = "";
    if (isCarried) hand.ends();
    done();
    deed?.();
  }
  const acts = { pointermove: move, pointerup: release, pointercancel: release, keydown: leave };
  for (const [name, act] of Object.entries(acts)) addEventListener(name, act, true);
  return { isCarried: () => isCarried };
}

/** The click that a mouse makes of letting go. */
function keepFromClicking() {
  const stop = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", stop, { capture: true }));
}
