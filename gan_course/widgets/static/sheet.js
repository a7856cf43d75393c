// What is drawn on, whatever it looks like: points that follow mouse, pen or finger, or keys, with an
// eraser and undo.
import { WAYS, make, stroke, write } from "./drawing.js";

const MOST_POINTS = 3000;
const MOST_UNDO = 100;

export const button = (name, textContent, title) =>
  make("button", { type: "button", className: `gan-paper-button gan-paper-${name}`, textContent, title });

// `axes` returns where on the canvas is what, `size` the side of the canvas in CSS pixels, `on`
// whether it is drawn on now. `drops` returns the points that are left at a place, where so many are
// already, `spacing` how far apart the places of a stroke lie. `say` shows a sentence below, `help`
// is the one for who begins; `redraw` asks for a new drawing. `leave` is called by Escape, where
// there is something to go back to. The model holds `drawn` (pairs), `paper` (the limits of both
// coordinates) and `brush` (a radius).
export function makeSheet({ model, canvas, axes, size, on, drops, spacing, help, say, redraw, leave }) {
  const cursor = { x: 0, y: 0, shown: false };
  let points = copied();
  let last = null; // where the brush was last put down in this stroke
  let down = false; // whether arrow keys draw
  let known = model.get("drawn"); // what the points are, as of the last change
  const past = []; // what they were before, for undo

  const brush = make("input", { type: "range", className: "gan-paper-brush" });
  const tools = {
    brush: make("label", { title: "The radius of the brush, in units of x (+ and −)" }, ["Brush ", brush]),
    eraser: button("eraser", "Eraser", "Erase instead of drawing (E)"),
    undo: button("undo", "↶ Undo", "Take back the last stroke (U)"),
    clear: button("clear", "✕ Clear", "Remove all that is drawn"),
    total: make("span", { className: "gan-paper-total" }),
  };

  function copied() {
    return model.get("drawn").map((point) => [...point]);
  }
  const limits = () => model.get("paper");
  const width = () => limits()[1] - limits()[0];
  const inside = (value) => Math.min(Math.max(value, limits()[0]), limits()[1]);
  const rounded = (value) => Math.round(value * 1000) / 1000;
  const erases = () => tools.eraser.getAttribute("aria-pressed") === "true";

  function drawCursor(pen, colour) {
    if (!cursor.shown) return;
    const sheet = axes();
    const [x, y] = [sheet.x(cursor.x), sheet.y(cursor.y)];
    pen.strokeStyle = colour;
    pen.lineWidth = 1;
    pen.setLineDash(erases() ? [4, 3] : []);
    pen.beginPath();
    pen.arc(x, y, Math.max((model.get("brush") / width()) * sheet.width, 2), 0, 2 * Math.PI);
    pen.stroke();
    stroke(pen, [[x - 5, y], [x + 5, y]]);
    stroke(pen, [[x, y - 5], [x, y + 5]]);
    pen.setLineDash([]);
  }

  // What the points become ----------------------------------------------------------------------

  function dab(x, y) {
    if (erases()) return remove(x, y);
    const room = MOST_POINTS - points.length;
    const added = drops(x, y, points.length).slice(0, room);
    points.push(...added.map((point) => point.map((value) => rounded(inside(value)))));
  }

  function remove(x, y) {
    const reach = Math.max(model.get("brush"), width() / 60);
    points = points.filter(([a, b]) => Math.hypot(a - x, b - y) > reach);
  }

  function commit(text) {
    model.set("drawn", points.map((point) => [...point])); // calls showPoints
    model.save_changes();
    say(points.length >= MOST_POINTS ? "That is the most this sheet holds." : text || help);
  }

  function takeBack() {
    if (!past.length) return say("Nothing is left to undo.");
    points = past.at(-1).map((point) => [...point]);
    commit("Took back the last change.");
  }

  // Every change comes by here, the page's own and the kernel's. One that leads back is an undo.
  function showPoints() {
    const text = JSON.stringify(model.get("drawn"));
    if (past.length && JSON.stringify(past.at(-1)) === text) past.pop();
    else past.push(known);
    if (past.length > MOST_UNDO) past.shift();
    known = model.get("drawn");
    if (last) return; // the stroke in hand is written when the pointer is lifted
    points = copied();
    showTotal();
    redraw();
  }

  function showTotal() {
    tools.total.textContent = `${points.length} ${points.length === 1 ? "point" : "points"}`;
  }

  // Mouse, pen and finger -----------------------------------------------------------------------

  function place(event) {
    const box = canvas.getBoundingClientRect();
    const scale = size() / box.width;
    return axes().back((event.clientX - box.left) * scale, (event.clientY - box.top) * scale);
  }

  function press(event) {
    if (!on() || event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    canvas.focus({ preventScroll: true });
    event.preventDefault();
    last = place(event);
    [cursor.x, cursor.y] = last.map(inside);
    dab(...last);
    showTotal();
    redraw();
  }

  function move(event) {
    if (!on()) return;
    const [x, y] = place(event);
    Object.assign(cursor, { x: inside(x), y: inside(y), shown: true });
    if (last) follow(x, y);
    redraw();
  }

  function follow(x, y) {
    const apart = Math.hypot(x - last[0], y - last[1]);
    const [fromX, fromY] = last;
    for (let number = 1; number <= Math.floor(apart / spacing()); number++) {
      const share = (number * spacing()) / apart;
      last = [fromX + share * (x - fromX), fromY + share * (y - fromY)];
      dab(...last);
    }
    showTotal();
  }

  function lift() {
    if (!last) return;
    last = null;
    commit("");
  }

  function showCursor(shown) {
    if (!on() || last) return;
    cursor.shown = shown;
    redraw();
  }

  // Keys ----------------------------------------------------------------------------------------

  function obey(key, further) {
    const here = () => `at ${write(cursor.x)}, ${write(cursor.y)}.`;
    if (WAYS[key]) {
      const far = width() * (further ? 0.1 : 0.02);
      const from = [cursor.x, cursor.y];
      cursor.x = inside(cursor.x + far * WAYS[key][0]);
      cursor.y = inside(cursor.y + far * WAYS[key][1]);
      if (down) strokeByKey(from);
      say(`${down ? "Pen" : "Cursor"} ${here()}`);
    } else if (key === " " || key === "Enter") {
      dab(cursor.x, cursor.y);
      commit(`${erases() ? "Erased" : "Placed"} ${here()}`);
    } else if (key === "Backspace" || key === "Delete") {
      remove(cursor.x, cursor.y);
      commit(`Erased ${here()}`);
    } else if (key === "u" || key === "z") takeBack();
    else if (key === "e") switchEraser();
    else if (key === "p") {
      down = !down;
      say(down ? "Pen down: the arrows draw." : "Pen up: the arrows move.");
    }
    else if (brush.isConnected && ["+", "=", "-"].includes(key)) {
      brush.value = Number(brush.value) + (key === "-" ? -1 : 1) * Number(brush.step);
      setBrush();
    } else if (key === "Escape" && leave) leave();
    else return false; // Tab and the page's own keys stay as they are
    cursor.shown = true;
    redraw();
    return true;
  }

  function strokeByKey(from) {
    last = from;
    follow(cursor.x, cursor.y);
    dab(cursor.x, cursor.y);
    last = null;
    commit("");
  }

  function hear(event) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const undoes = key === "z" && !event.altKey;
    if (!on() || ((event.ctrlKey || event.metaKey || event.altKey) && !undoes)) return;
    if (!obey(key, event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  // The tools -----------------------------------------------------------------------------------

  function setBrush() {
    model.set("brush", Number(brush.value)); // calls showBrush
    model.save_changes();
    redraw();
  }
  function showBrush() {
    Object.assign(brush, { min: 0, max: rounded(width() / 8), step: rounded(width() / 120) });
    brush.value = model.get("brush");
    brush.setAttribute("aria-valuetext", model.get("brush").toFixed(2));
  }
  function switchEraser() {
    tools.eraser.setAttribute("aria-pressed", !erases());
    say(erases() ? "Eraser on." : "Eraser off.");
    redraw();
  }
  function begin() {
    Object.assign(cursor, { x: 0, y: 0 });
    down = false;
    tools.eraser.setAttribute("aria-pressed", false);
  }
  brush.addEventListener("input", setBrush);
  tools.eraser.addEventListener("click", switchEraser);
  tools.undo.addEventListener("click", takeBack);
  tools.clear.addEventListener("click", () => {
    points = [];
    commit("Cleared. Undo brings it back.");
  });

  const heard = {
    pointerdown: press,
    pointermove: move,
    pointerup: lift,
    pointercancel: lift,
    pointerleave: () => showCursor(document.activeElement === canvas),
    focus: () => showCursor(true),
    blur: () => showCursor(false),
    keydown: hear,
  };
  for (const [name, action] of Object.entries(heard)) canvas.addEventListener(name, action);
  const watched = { "change:drawn": showPoints, "change:brush": showBrush, "change:drawing": begin };
  for (const [name, action] of Object.entries(watched)) model.on(name, action);
  begin();
  showBrush();
  showTotal();
  return {
    tools,
    drawCursor,
    points: () => points,
    end: () => Object.entries(watched).forEach(([name, action]) => model.off(name, action)),
  };
}
