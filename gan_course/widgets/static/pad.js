// A dark pad to write on, with a pen about as thick as the strokes of the course's digits.
import { Axes, attend, keepPlainKeys, make, ownId, sharpen, soon } from "./drawing.js";
import { makeSheet } from "./sheet.js";

const HELP =
  "Drag to draw. Keys on the pad: arrows move (with Shift further), P pen down or up, Space a dot, " +
  "Backspace and E erase, U undo.";

function render({ model, el }) {
  const id = ownId("gan-pad");
  const canvas = make("canvas", {
    tabIndex: 0,
    className: "gan-pad-canvas",
    attributes: { role: "application", "aria-label": model.get("alt"), "aria-describedby": `${id}-said` },
  });
  const said = make("div", {
    id: `${id}-said`, className: "gan-pad-said", textContent: HELP, attributes: { role: "status" },
  });
  const root = make("div", { className: "gan-pad" });
  let size = 0; // CSS pixels, square

  const limits = () => model.get("paper");
  const width = () => limits()[1] - limits()[0];
  const axes = () => new Axes(0, 0, size, size, limits(), limits());
  const draw = soon(() => {
    if (!size) return;
    const pen = sharpen(canvas, size, size);
    const place = axes();
    pen.fillStyle = "#000000";
    pen.fillRect(0, 0, size, size);
    pen.fillStyle = "#FFFFFF";
    for (const [x, y] of sheet.points()) {
      pen.beginPath();
      pen.arc(place.x(x), place.y(y), (model.get("brush") / width()) * size, 0, 2 * Math.PI);
      pen.fill();
    }
    sheet.drawCursor(pen, "#56B4E9");
    root.dataset.points = sheet.points().length;
  });
  const sheet = makeSheet({
    model, canvas, axes, size: () => size, on: () => true, help: HELP, redraw: () => draw(),
    drops: (x, y) => [[x, y]],
    spacing: () => width() / 100,
    say: (text) => { said.textContent = text; },
  });
  const { eraser, undo, clear } = sheet.tools;
  const group = { role: "group", "aria-label": "Drawing" };
  root.append(canvas, make("div", { className: "gan-paper-tools", attributes: group }, [eraser, undo, clear]), said);
  keepPlainKeys(root);
  el.append(root);
  const leave = attend(model, root, () => {
    size = Math.floor(Math.min(root.clientWidth, model.get("most_pixels")));
    draw();
  });
  return () => {
    sheet.end();
    leave();
  };
}

export default { render };
