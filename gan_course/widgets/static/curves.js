// Curves over the steps of a run, one panel above the other, from arrays that the kernel sends.
import {
  Axes, attend, count, curve, fitting, floats, keepPlainKeys, make, sharpen, soon, stroke, ticks, write,
} from "./drawing.js";

const [LEFT, TOP, BOTTOM, RIGHT] = [44, 24, 20, 20]; // pixels around the axes of a panel

function render({ model, el }) {
  const canvas = make("canvas", { className: "gan-curves-canvas", tabIndex: 0, attributes: { role: "img" } });
  const said = make("div", { className: "gan-curves-said", attributes: { role: "status" } });
  const root = make("div", { className: "gan-curves" }, [canvas, said]);
  keepPlainKeys(root);
  el.append(root);
  let [width, height] = [0, 0]; // of a panel, in CSS pixels
  let asked = null; // the number of the measurement that is asked about

  const steps = () => floats(model, "steps");
  const right = () => {
    const last = Math.max(10, steps().at(-1) || 0);
    const power = 10 ** Math.floor(Math.log10(last));
    const round = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((each) => each * power).find((each) => each >= last);
    return Math.min(round, Math.max(model.get("most_steps") || round, last));
  };
  const places = () =>
    model.get("panels").map(
      (panel, row) =>
        new Axes(LEFT, row * height + TOP, width - LEFT - RIGHT, height - TOP - BOTTOM, [0, right()], panel.limits),
    );
  // The curves of each panel, in the order of its lines.
  function values() {
    const [all, long] = [floats(model, "values"), steps().length];
    let line = 0;
    return model.get("panels").map((panel) =>
      panel.lines.map(() => {
        const found = all.slice(line * long, (line + 1) * long);
        line += 1;
        return found;
      }),
    );
  }
  // The lowest and the highest value behind each curve, in the order of all lines.
  function bands() {
    const [all, long] = [floats(model, "bands"), steps().length];
    const many = long ? all.length / long : 0;
    const edges = Array.from({ length: many }, (_, edge) => all.slice(edge * long, (edge + 1) * long));
    return Array.from({ length: many / 2 }, (_, line) => [edges[2 * line], edges[2 * line + 1]]);
  }

  const draw = soon(() => {
    if (!width) return;
    const panels = model.get("panels");
    const pen = sharpen(canvas, width, panels.length * height + 14);
    const [xs, curves, axes, edges] = [steps(), values(), places(), bands()];
    let line = 0; // of all lines
    panels.forEach((panel, row) => {
      const place = axes[row];
      pen.font = "11px sans-serif";
      pen.textBaseline = "bottom";
      for (const { at, text } of panel.marks || []) {
        curve(pen, place, place.xLimits, [at, at], { colour: "#777777", width: 1, dash: [2, 3] });
        pen.fillStyle = "#555555";
        pen.textAlign = "right";
        const roomAbove = place.y(at) - place.top > 16;
        pen.fillText(text, place.left + place.width - 2, place.y(at) + (roomAbove && at > 0 ? -1 : 14));
      }
      place.clip(pen, () => {
        panel.lines.forEach(({ colour }, at) => {
          if (edges[line + at]) band(pen, place, xs, edges[line + at], colour);
        });
        panel.lines.forEach(({ colour, dash, stairs }, at) => {
          curve(pen, place, xs, curves[row][at], { colour, dash: dash || [], width: 2, steps: stairs });
          if (xs.length === 1 || asked !== null) dot(pen, place, asked ?? 0, xs, curves[row][at], colour);
        });
      });
      line += panel.lines.length;
      const own = panel.ticks?.map((tick) => [tick, String(tick).replace("-", "−")]);
      place.frame(pen, {
        xTicks: ticks(0, right(), 4), yTicks: own || ticks(...panel.limits, 3),
        xLabel: row === panels.length - 1 ? "step" : "",
      });
      head(pen, place, panel);
    });
    canvas.setAttribute("aria-label", model.get("alt"));
    root.dataset.points = xs.length;
    root.dataset.drawn = Number(root.dataset.drawn || 0) + 1;
  });

  // The area between two curves, pale; points that are no numbers are left out.
  function band(pen, place, xs, [low, high], colour) {
    const seen = Array.from(xs, (_, at) => at).filter((at) => Number.isFinite(low[at]) && Number.isFinite(high[at]));
    pen.fillStyle = colour;
    pen.globalAlpha = 0.16;
    pen.beginPath();
    for (const at of seen) pen.lineTo(place.x(xs[at]), place.y(low[at]));
    for (const at of seen.reverse()) pen.lineTo(place.x(xs[at]), place.y(high[at]));
    pen.fill();
    pen.globalAlpha = 1;
  }

  function dot(pen, place, at, xs, ys, colour) {
    if (!Number.isFinite(ys[at])) return;
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(place.x(xs[at]), place.y(ys[at]), 3.5, 0, 2 * Math.PI);
    pen.fill();
  }

  // The panel's title, and an example of each line with its name, or of each kind of line.
  function head(pen, place, { title, lines, keys = lines }) {
    const middle = place.top - 11;
    pen.font = "bold 12px sans-serif";
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.fillStyle = "#1A1A1A";
    pen.fillText(title, 4, middle);
    let left = 4 + pen.measureText(title).width + 14;
    pen.font = "11.5px sans-serif";
    for (const { name, colour, dash } of keys) {
      pen.strokeStyle = colour;
      pen.lineWidth = 2;
      pen.setLineDash(dash || []);
      stroke(pen, [[left, middle], [left + 20, middle]]);
      pen.setLineDash([]);
      pen.fillText(name, left + 24, middle);
      left += 24 + pen.measureText(name).width + 12;
    }
  }

  function tell() {
    if (asked === null) {
      said.textContent = "";
    } else {
      const names = model.get("panels").flatMap(({ lines }) => lines.map(({ name }) => name));
      const numbers = values().flat().map((ys) => (Number.isFinite(ys[asked]) ? write(ys[asked]) : "–"));
      const each = model.get("each") > 1 ? `, mean of ${model.get("each")} steps` : "";
      said.textContent = `Step ${count(steps()[asked])}${each}: ${names.map((name, at) => `${name} ${numbers[at]}`).join(", ")}.`;
    }
    draw();
  }
  canvas.addEventListener("pointermove", (event) => {
    const box = canvas.getBoundingClientRect();
    const [place] = places();
    if (!place || !steps().length) return;
    const [step] = place.back(((event.clientX - box.left) * width) / box.width, 0);
    let nearest = 0;
    steps().forEach((each, at) => {
      if (Math.abs(each - step) < Math.abs(steps()[nearest] - step)) nearest = at;
    });
    asked = nearest;
    tell();
  });
  canvas.addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight", "Escape"].includes(event.key) || !steps().length) return;
    const last = steps().length - 1;
    const next = (asked ?? last) + (event.key === "ArrowLeft" ? -1 : 1);
    asked = event.key === "Escape" ? null : Math.min(Math.max(next, 0), last);
    event.preventDefault();
    event.stopPropagation();
    tell();
  });
  for (const gone of ["pointerleave", "blur"]) {
    canvas.addEventListener(gone, () => {
      asked = null;
      tell();
    });
  }

  const follow = () => {
    if (asked !== null && asked >= steps().length) asked = null;
    draw();
  };
  model.on("change:frame", follow);
  const measure = () => {
    width = Math.floor(Math.min(root.clientWidth, model.get("most_pixels")));
    const share = model.get("panels").length > 2 ? 0.145 : 0.17;
    height = Math.floor(Math.min(fitting(share, 100), 150));
    draw();
  };
  const leave = attend(model, root, measure);
  return () => {
    model.off("change:frame", follow);
    leave();
  };
}

export default { render };
