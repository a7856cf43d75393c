// Plays a recorded run: the pictures and curves of the laboratory, with a place in time to choose.
// It needs the bytes of a file and an element of a page; no kernel, no Jupyter, no network.
import { count, make } from "./drawing.js";
import points from "./points.js";
import curves from "./curves.js";
import { unpack } from "./recording.js";

const SPEEDS = { slowly: 3, "at walking pace": 8, fast: 20 }; // moments a second

// What a scene asks of its model: values by name, and to be told when one changes.
class State {
  constructor(values) {
    this.values = { frame: 0, seen: true, ...values };
    this.told = new Map();
  }
  get = (name) => this.values[name];
  set(name, value) {
    this.values[name] = value;
    for (const action of this.told.get(`change:${name}`) || []) action();
  }
  on = (event, action) => this.told.set(event, [...(this.told.get(event) || []), action]);
  off = (event, action) => this.told.set(event, (this.told.get(event) || []).filter((each) => each !== action));
  save_changes() {}

  // Take new values all at once, then tell.
  take(values) {
    Object.assign(this.values, values);
    this.set("frame", this.values.frame + 1);
  }
}

// Play a recording: `bytes` of its file (an ArrayBuffer or a view of one) in the element `el`.
// Returns a function that ends it.
export async function play(bytes, el) {
  let recording;
  try {
    recording = await unpack(bytes);
  } catch {
    const text = "This recording cannot be read. Make it anew with record(…).";
    el.append(make("p", { textContent: text, attributes: { role: "alert" } }));
    return () => {};
  }
  return show(recording, el);
}

function show(recording, el) {
  const last = recording.steps.length - 1;
  const states = { points: new State(recording.points), curves: new State(recording.curves) };
  let [moment, timer] = [0, null];

  const button = make("button", { type: "button", className: "gan-player-button gan-player-play" });
  const pace = make(
    "select",
    { className: "gan-player-pace", attributes: { "aria-label": "Speed" } },
    Object.keys(SPEEDS).map((name) => make("option", { value: name, textContent: name })),
  );
  pace.value = "at walking pace";
  const time = make("input", {
    type: "range", min: 0, max: last, value: 0, className: "gan-player-time",
    attributes: { "aria-label": "Place in the run" },
  });
  const where = make("span", { className: "gan-player-where" });
  const bar = make(
    "div", { className: "gan-player-bar", attributes: { role: "group", "aria-label": "Playing" } },
    [button, pace, time, where],
  );
  const said = make("div", { className: "gan-player-said" });
  const [left, right] = [make("div", { className: "gan-player-points" }), make("div", { className: "gan-player-curves" })];
  right.append(said);
  const root = make(
    "div",
    { className: "gan-player" },
    [make("div", { className: "gan-player-title", textContent: recording.title }), bar,
      make("div", { className: "gan-player-pictures" }, [left, right])],
  );
  el.append(root);
  const ends = [points.render({ model: states.points, el: left }), curves.render({ model: states.curves, el: right })];

  // The points see every moment on the way, so that a fake's path is whole.
  function go(to) {
    const first = to > moment ? moment + 1 : 0;
    for (let each = to === moment ? to : first; each <= to; each++) states.points.take(recording.at(each).points);
    states.curves.take(recording.at(to).curves);
    moment = to;
    tell();
  }

  function tell() {
    const step = `step ${count(recording.steps[moment])}`;
    time.value = moment;
    time.setAttribute("aria-valuetext", step);
    where.textContent = `${step} of ${count(recording.steps[last])}`;
    said.textContent = states.points.get("said");
    const [sign, word] = timer !== null ? ["❚❚", "Pause"] : moment === last ? ["↺", "Play again"] : ["▶", "Play"];
    button.replaceChildren(make("span", { textContent: sign, attributes: { "aria-hidden": "true" } }), ` ${word}`);
    root.dataset.moment = moment;
    root.dataset.playing = timer !== null;
  }

  function tick() {
    timer = moment + 1 < last ? setTimeout(tick, 1000 / SPEEDS[pace.value]) : null;
    go(moment + 1);
  }
  function pause() {
    clearTimeout(timer);
    timer = null;
    tell();
  }
  button.addEventListener("click", () => {
    if (timer !== null) {
      pause();
    } else {
      if (moment === last) go(0);
      timer = setTimeout(tick, 1000 / SPEEDS[pace.value]);
      tell();
    }
  });
  time.addEventListener("input", () => {
    const to = Number(time.value);
    pause();
    go(to);
  });
  tell();
  return () => {
    clearTimeout(timer);
    ends.forEach((end) => end());
  };
}

const render = ({ model, el }) => play(model.get("recording"), el);

export default { render };
