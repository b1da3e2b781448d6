/* Markers on a track that lie too close to be pressed one by one: they become one, which goes through them in turn. All
   in px, in the order of the film. */

/** Groups of indexes: each marker that lies less than `size` from the first of its group belongs to it. */
export function clustersOf(places, size) {
  const groups = [];
  for (const [index, place] of places.entries()) {
    const last = groups.at(-1);
    if (last && place - places[last[0]] < size) last.push(index);
    else groups.push([index]);
  }
  return groups;
}

/** Which of the moments of a group a press goes to: the first after `now`, or the first of all when none is. In ms. */
export function nextOf(moments, now) {
  return moments.find((moment) => moment > now + 250) ?? moments[0];
}
