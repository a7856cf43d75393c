// A sheet of paper in place of a picture, on its canvas: points are drawn with mouse, pen or finger,
// or with keys.
import { Axes, WAYS, make, stroke, ticks, write } from "./drawing.js";

const GOLDEN = Math.PI * (3 - Math.sqrt(5)); // a sunflower's angle: fills a disc evenly
const MOST_POINTS = 3000;
const MOST_UNDO = 100;
const AT_A_TIME = 5; // points that the brush places
const HELP =
  "Drag to draw. Keys on the picture: arrows move (with Shift further), Space or Enter places points, " +
  "Backspace removes, E eraser, + and − brush, U undo, Escape back.";

// `size` returns the side of the canvas in CSS pixels, `say` shows a sentence below it, `redraw`
// asks for a new drawing. The model holds `drawing` (0, or the dimensions that count), `drawn`
// (pairs), `paper` (the limits of both coordinates) and `brush` (a radius).
export function makePaper({ model, canvas, size, say, redraw }) {
  const cursor = { x: 0, y: 0, shown: false };
  let points = copied();
  let last = null; // where the brush was last put down in this stroke
  let known = model.get("drawn"); // what the points are, as of the last change
  const past = []; // what they were before, for undo

  const button = (name, textContent, title) =>
    make("button", { type: "button", className: `gan-paper-button gan-paper-${name}`, textContent, title });
  const brush = make("input", { type: "range", className: "gan-paper-brush" });
  const eraser = button("eraser", "Eraser", "Remove points instead of placing them (E)");
  const undo = button("undo", "↶ Undo", "Take back the last stroke (U)");
  const clear = button("clear", "✕ Clear", "Remove all points");
  const total = make("span", { className: "gan-paper-total" });
  const tools = make("div", { className: "gan-paper-tools", attributes: { role: "group", "aria-label": "Drawing" } }, [
    make("label", { title: "The radius of the brush, in units of x (+ and −)" }, ["Brush ", brush]),
    eraser,
    undo,
    clear,
    total,
  ]);
  const train = button("train", "▶ Train on it", "Build networks for what you drew, and start");
  const leave = button("leave", "Back", "Leave the drawing; it is kept (Escape)");
  const ends = make("div", { className: "gan-paper-ends" }, [train, leave]);

  function copied() {
    return model.get("drawn").map((point) => [...point]);
  }
  const on = () => model.get("drawing") > 0;
  const limits = () => model.get("paper");
  const width = () => limits()[1] - limits()[0];
  const inside = (value) => Math.min(Math.max(value, limits()[0]), limits()[1]);
  const rounded = (value) => Math.round(value * 1000) / 1000;
  const axes = () => new Axes(44, 8, size() - 52, size() - 52, limits(), limits());
  const erases = () => eraser.getAttribute("aria-pressed") === "true";

  function draw(pen) {
    const sheet = axes();
    const plane = model.get("drawing") === 2;
    const marks = ticks(...limits());
    pen.lineWidth = 1;
    for (const [value] of marks) {
      pen.strokeStyle = value === 0 ? "#9A9A9A" : "#E4E4E4";
      stroke(pen, limits().map((end) => [sheet.x(value), sheet.y(end)]));
      if (plane) stroke(pen, limits().map((end) => [sheet.x(end), sheet.y(value)]));
    }
    pen.fillStyle = model.get("colours").real;
    const foot = sheet.top + sheet.height;
    for (const [x, y] of points) {
      pen.beginPath();
      pen.arc(sheet.x(x), sheet.y(y), 2.2, 0, 2 * Math.PI);
      pen.fill();
      if (!plane) pen.fillRect(sheet.x(x) - 0.5, foot - 14, 1, 14);
    }
    if (plane) sheet.frame(pen, { xTicks: marks, yTicks: marks, xLabel: "x₁", yLabel: "x₂" });
    else sheet.frame(pen, { xTicks: marks, xLabel: "x" });
    if (!points.length) {
      pen.textAlign = "center";
      pen.fillStyle = "#555555";
      pen.fillText("Draw here what the generator shall learn.", sheet.x(0), sheet.y(width() / 4));
    }
    if (cursor.shown) drawCursor(pen, sheet);
  }

  function drawCursor(pen, sheet) {
    const [x, y] = [sheet.x(cursor.x), sheet.y(cursor.y)];
    pen.strokeStyle = "#000000";
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
    for (let index = 0; index < AT_A_TIME && points.length < MOST_POINTS; index++) {
      const radius = model.get("brush") * Math.sqrt((index + 0.5) / AT_A_TIME);
      const angle = GOLDEN * points.length;
      const point = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
      points.push(point.map((value) => rounded(inside(value))));
    }
  }

  function remove(x, y) {
    const reach = Math.max(model.get("brush"), width() / 60);
    points = points.filter(([a, b]) => Math.hypot(a - x, b - y) > reach);
  }

  function commit(text) {
    model.set("drawn", points.map((point) => [...point])); // calls showPoints
    model.save_changes();
    say(points.length >= MOST_POINTS ? "That is the most this sheet holds." : text || HELP);
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
    total.textContent = `${points.length} ${points.length === 1 ? "point" : "points"}`;
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
    if (last) {
      const apart = Math.hypot(x - last[0], y - last[1]);
      const spacing = Math.max(model.get("brush"), width() / 50);
      const [fromX, fromY] = last;
      for (let number = 1; number <= Math.floor(apart / spacing); number++) {
        const share = (number * spacing) / apart;
        last = [fromX + share * (x - fromX), fromY + share * (y - fromY)];
        dab(...last);
      }
      showTotal();
    }
    redraw();
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
      cursor.x = inside(cursor.x + far * WAYS[key][0]);
      cursor.y = inside(cursor.y + far * WAYS[key][1]);
      say(`Cursor ${here()}`);
    } else if (key === " " || key === "Enter") {
      dab(cursor.x, cursor.y);
      commit(`${erases() ? "Erased" : "Placed"} ${here()}`);
    } else if (key === "Backspace" || key === "Delete") {
      remove(cursor.x, cursor.y);
      commit(`Erased ${here()}`);
    } else if (key === "u" || key === "z") takeBack();
    else if (key === "e") switchEraser();
    else if (key === "+" || key === "=" || key === "-") {
      brush.value = Number(brush.value) + (key === "-" ? -1 : 1) * Number(brush.step);
      setBrush();
    } else if (key === "Escape") goBack();
    else return false; // Tab and the page's own keys stay as they are
    cursor.shown = true;
    redraw();
    return true;
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
    eraser.setAttribute("aria-pressed", !erases());
    say(erases() ? "Eraser on." : "Eraser off.");
    redraw();
  }
  function begin() {
    Object.assign(cursor, { x: 0, y: 0 });
    eraser.setAttribute("aria-pressed", false);
  }
  function goBack() {
    model.set("drawing", 0);
    model.save_changes();
  }
  brush.addEventListener("input", setBrush);
  eraser.addEventListener("click", switchEraser);
  undo.addEventListener("click", takeBack);
  clear.addEventListener("click", () => {
    points = [];
    commit("Cleared. Undo brings it back.");
  });
  leave.addEventListener("click", goBack);
  train.addEventListener("click", () => {
    if (points.length) model.send({ kind: "train" });
    else say("Draw some points first: there is nothing to train on yet.");
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
    on,
    draw,
    tools,
    ends,
    help: HELP,
    count: () => points.length,
    end: () => Object.entries(watched).forEach(([name, action]) => model.off(name, action)),
  };
}
