// The laboratory's sheet of paper, in place of a picture and on its canvas: points for a generator to
// learn.
import { Axes, make, stroke, ticks } from "./drawing.js";
import { button, makeSheet } from "./sheet.js";

const GOLDEN = Math.PI * (3 - Math.sqrt(5)); // a sunflower's angle: fills a disc evenly
const AT_A_TIME = 5; // points that the brush places
const HELP =
  "Drag to draw. Keys on the picture: arrows move (with Shift further), Space or Enter places points, " +
  "P pen down or up, Backspace removes, E eraser, + and − brush, U undo, Escape back.";

// `size` returns the side of the canvas in CSS pixels, `say` shows a sentence below it, `redraw`
// asks for a new drawing. The model holds `drawing` (0, or the dimensions that count) and what
// `makeSheet` asks for.
export function makePaper({ model, canvas, size, say, redraw }) {
  const limits = () => model.get("paper");
  const width = () => limits()[1] - limits()[0];
  const on = () => model.get("drawing") > 0;
  const axes = () => new Axes(44, 8, size() - 52, size() - 52, limits(), limits());
  const sheet = makeSheet({
    model, canvas, axes, size, on, drops, say, redraw, help: HELP, leave: goBack,
    spacing: () => Math.max(model.get("brush"), width() / 50),
  });
  const { brush, eraser, undo, clear, total } = sheet.tools;
  const tools = make("div", { className: "gan-paper-tools", attributes: { role: "group", "aria-label": "Drawing" } }, [
    brush,
    eraser,
    undo,
    clear,
    total,
  ]);
  const train = button("train", "▶ Train on it", "Build networks for what you drew, and start");
  const leave = button("leave", "Back", "Leave the drawing; it is kept (Escape)");
  const ends = make("div", { className: "gan-paper-ends" }, [train, leave]);

  function drops(x, y, already) {
    return Array.from({ length: AT_A_TIME }, (_, index) => {
      const radius = model.get("brush") * Math.sqrt((index + 0.5) / AT_A_TIME);
      const angle = GOLDEN * (already + index);
      return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    });
  }

  function draw(pen) {
    const place = axes();
    const plane = model.get("drawing") === 2;
    const marks = ticks(...limits());
    const points = sheet.points();
    pen.lineWidth = 1;
    for (const [value] of marks) {
      pen.strokeStyle = value === 0 ? "#9A9A9A" : "#E4E4E4";
      stroke(pen, limits().map((end) => [place.x(value), place.y(end)]));
      if (plane) stroke(pen, limits().map((end) => [place.x(end), place.y(value)]));
    }
    pen.fillStyle = model.get("colours").real;
    const foot = place.top + place.height;
    for (const [x, y] of points) {
      pen.beginPath();
      pen.arc(place.x(x), place.y(y), 2.2, 0, 2 * Math.PI);
      pen.fill();
      if (!plane) pen.fillRect(place.x(x) - 0.5, foot - 14, 1, 14);
    }
    if (plane) place.frame(pen, { xTicks: marks, yTicks: marks, xLabel: "x₁", yLabel: "x₂" });
    else place.frame(pen, { xTicks: marks, xLabel: "x" });
    if (!points.length) {
      pen.textAlign = "center";
      pen.fillStyle = "#555555";
      pen.fillText("Draw here what the generator shall learn.", place.x(0), place.y(width() / 4));
    }
    sheet.drawCursor(pen, "#000000");
  }

  function goBack() {
    model.set("drawing", 0);
    model.save_changes();
  }
  leave.addEventListener("click", goBack);
  train.addEventListener("click", () => {
    if (sheet.points().length) model.send({ kind: "train" });
    else say("Draw some points first: there is nothing to train on yet.");
  });
  return { on, draw, tools, ends, help: HELP, count: () => sheet.points().length, end: sheet.end };
}
