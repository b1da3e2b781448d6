/* The meetlat on a digibord, laid by hand: carry a strip to a number, to P or back to the pile. It lies there at once, and
   goes back when the portal says no, with the reason below. The server says where everything lies. */
import { post } from "../shared/csrf.js";
import { look } from "../shared/gliding.js";
import { makeLaid } from "../shared/laying.js";
import { isOurs, sentenceIn } from "../shared/ours.js";

const region = document.querySelector("live-region");
const board = () => region.querySelector("[data-lays]");

let turn = Promise.resolve();
let waiting = 0;

/** What the portal says against it, or "". */
async function ask(block, values) {
  const { lays, meeting, offline } = board().dataset;
  try {
    const answer = await post(lays.replace(meeting, block.dataset.block), values);
    return isOurs(answer) && answer.ok ? "" : (await sentenceIn(answer)) || offline;
  } catch {
    return offline;
  }
}

/** Its own words, where a screen reader hears them; what the board becomes next takes them away. */
function say(sentence) {
  const line = document.getElementById("bord-zegt");
  if (line) line.textContent = sentence;
}

makeLaid(region, {
  isAtOnce: true,
  lays(block, place, before) {
    const [home, behind, seen] = [block.parentElement, block.nextSibling, waiting ? null : block.dataset.version];
    place.insertBefore(block, before);
    look(document); // it lies there already, and glides nowhere
    waiting += 1;
    turn = turn.then(async () => {
      // Of two that are let go shortly after each other, the second is about what the first made of it.
      const version = seen ?? block.dataset.version;
      const said =
        board() && (await ask(block, { to: place.dataset.place, before: before?.dataset.block ?? "", version }));
      if (said) {
        home.insertBefore(block, behind?.parentElement === home ? behind : null);
        look(document);
      }
      await region.refresh().catch(() => {});
      say(said ?? "");
      waiting -= 1;
    });
  },
  groups() {},
});
