/** Opens every fold that something stands in, so that the reader sees it. */
export function openFoldsOf(place) {
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}
