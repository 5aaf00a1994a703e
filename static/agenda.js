// A quiet timer for an agenda. Where it stands is worked out from the clock each time,
// so a phone that slept shows the right part when it wakes; nothing is asked of the
// network, and a reload goes on where it was.
const MINUTE = 60_000;

// The part that is running after `elapsed`, and how long it still has.
function position(lengths, elapsed) {
  let before = 0;
  for (const [part, length] of lengths.entries()) {
    if (elapsed < before + length) return { part, from: before, left: before + length - elapsed };
    before += length;
  }
  return { part: lengths.length, from: before, left: 0 };
}
const clock = ms => {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

function agenda(root) {
  const find = name => root.querySelector(`[data-${name}]`);
  const parts = [...root.querySelectorAll("li[data-minutes]")];
  const { now: now_, left, over, done, start, pause, resume } = root.dataset;
  const key = `agenda ${root.dataset.agenda}`;
  const planned = parts.map(part => Number(part.dataset.minutes) * MINUTE);
  // `since` is the moment it was started last, `gone` what had passed before that.
  let state = { lengths: planned, gone: 0, since: null };
  let shown = -1, tick;

  const elapsed = () => state.gone + (state.since === null ? 0 : Date.now() - state.since);
  const keep = () => { try { sessionStorage.setItem(key, JSON.stringify(state)); } catch { /* forbidden */ } };
  const goTo = ms => { state.gone = ms; if (state.since !== null) state.since = Date.now(); };

  function paint() {
    const { part, from, left: ms } = position(state.lengths, elapsed());
    const current = parts[part], begun = state.since !== null || state.gone > 0;
    find("part").textContent = current ? current.dataset.title : done;
    find("time").textContent = current ? left.replace("{time}", clock(ms)) : over;
    find("bar").value = current ? 1 - ms / state.lengths[part] : 1;
    find("toggle").textContent = state.since !== null && current ? pause : begun && current ? resume : start;
    for (const name of ["next", "more"]) find(name).disabled = !current;
    find("back").disabled = elapsed() === 0;
    parts.forEach((li, at) => {
      li.classList.toggle("is-done", at < part);
      if (at === part && begun) li.setAttribute("aria-current", "step"); else li.removeAttribute("aria-current");
    });
    // Said once for each part, not each second.
    if (begun && part !== shown) {
      find("said").textContent = current
        ? now_.replace("{title}", current.dataset.title).replace("{minutes}", Math.round(state.lengths[part] / MINUTE))
        : over;
      shown = part;
    }
    if (!current && state.since !== null) { goTo(from); state.since = null; keep(); }
    clearTimeout(tick);
    if (state.since !== null) tick = setTimeout(paint, 1000 - (elapsed() % 1000));
  }
  const on = (name, act) => find(name).addEventListener("click", () => {
    act(position(state.lengths, elapsed())); keep(); paint();
  });

  on("toggle", ({ part }) => {
    if (part === parts.length) state = { lengths: planned, gone: 0, since: Date.now() };
    else if (state.since === null) state.since = Date.now();
    else { state.gone = elapsed(); state.since = null; }
  });
  on("next", ({ part, from }) => goTo(from + (state.lengths[part] ?? 0)));
  // Back to the beginning of this part, or of the one before if this has just begun.
  on("back", ({ part, from }) => {
    const justBegun = part === parts.length || elapsed() - from < 5000;
    goTo(justBegun && part > 0 ? from - state.lengths[part - 1] : from);
  });
  on("more", ({ part }) => { state.lengths = state.lengths.with(part, state.lengths[part] + 5 * MINUTE); });
  document.addEventListener("visibilitychange", paint);
  addEventListener("pageshow", paint);

  try {
    const kept = JSON.parse(sessionStorage.getItem(key));
    if (kept?.lengths?.length === parts.length) state = kept;
  } catch { /* nothing kept */ }
  find("clock").hidden = false;
  paint();
}
document.querySelectorAll("[data-agenda]").forEach(agenda);
