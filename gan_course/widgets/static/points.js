// Points in the plane or on the line, real ones and fakes, with what the discriminator says of
// every place. The kernel sends arrays; this file draws them, and remembers what it drew.
import {
  Axes, WAYS, attend, between, count, curve, drawArrows, drawPaths, fitting, floats, keepPlainKeys, levelLine,
  make, ownId, paint, sharpen, soon, ticks, write,
} from "./drawing.js";
import { makeHandles } from "./handles.js";
import { makePaper } from "./paper.js";

const MOST = 240; // frames that are remembered; then every second one is forgotten
const GLIDE = 400; // milliseconds at most in which points move to their new places
const FAST = 80; // frames that come sooner than this, in milliseconds, need no gliding between them
const NEAR = 12; // pixels within which a click finds a fake
const BYTES = ["fakes", "heat", "p_g", "starts", "arrows", "warp", "warp_fill"];

function render({ model, el }) {
  const id = ownId("gan-points");
  const canvas = make("canvas", {
    tabIndex: 0,
    className: "gan-points-canvas",
    attributes: { "aria-describedby": `${id}-said` },
  });
  const keys = make("div", { className: "gan-points-legend", attributes: { role: "group", "aria-label": "Layers of the picture" } });
  const said = make("div", { id: `${id}-said`, className: "gan-points-said", attributes: { role: "status" } });
  const back = make("input", {
    type: "range", min: 0, max: 0, value: 0, className: "gan-points-back",
    attributes: { "aria-label": "Look back through the run" },
  });
  const when = make("span", { className: "gan-points-when" });
  const scrubber = make("label", { className: "gan-points-scrubber" }, ["Look back ", back, when]);
  const pencil = make("button", {
    type: "button", className: "gan-paper-button gan-points-pencil", textContent: "✎ Draw your own",
    title: "Draw what the generator shall learn, on this picture",
  });
  const foot = make("div", { className: "gan-points-foot" }, [scrubber]);
  const root = make("div", { className: "gan-points" }, [keys, canvas, foot, said]);
  keepPlainKeys(root);
  el.append(root);

  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let size = 0; // CSS pixels, square
  let frame = read(); // what is drawn
  let shownPoints = frame.fakes; // where the fakes are on their way
  let glide = null; // {from, start, seconds}
  let arrived = 0; // when the last frame came
  let past = []; // frames of this run, oldest first
  let looking = null; // the number of the frame looked back at
  let probe = null; // the place that is asked about, in the picture's coordinates
  let chosen = null; // the number of a fake

  const plane = () => model.get("dimensions") === 2;
  // Only a picture that can be edited has a sheet of paper, and handles to drag its data by.
  const paper = model.get("drawn") && makePaper({
    model, canvas, say, size: () => size, redraw: () => draw(),
  });
  const drawing = () => Boolean(paper?.on());
  const handles = model.get("handles") && makeHandles({
    model, canvas, placeOf, plane, say, axes: () => places()[0], redraw: () => draw(),
    shown: () => on("real") && !drawing(),
    pixelOfReal: (points, index) => pixelOfReal(places()[0], points, index),
  });
  if (paper) {
    canvas.before(paper.tools);
    foot.append(pencil, paper.ends);
  }
  if (handles) foot.insertBefore(handles.reset, pencil);

  function say(text) {
    said.textContent = text;
  }

  function read() {
    const found = { step: model.get("step"), staged: model.get("staged") };
    for (const name of BYTES) found[name] = floats(model, name);
    return found;
  }
  const on = (layer) => model.get("layers").includes(layer);
  const colours = () => model.get("colours");

  // Where things are drawn ----------------------------------------------------------------------

  function places() {
    const limits = model.get("limits");
    if (plane()) return [new Axes(44, 8, size - 44 - 54, size - 44 - 8, limits, limits)];
    const [width, peak] = [size - 44 - 10, model.get("peak")];
    const down = (share) => 8 + share * (size - 52);
    return [
      new Axes(44, down(0), width, down(0.56) - down(0), limits, [-0.55 * peak, 1.6 * peak]),
      new Axes(44, down(0.6), width, down(0.84) - down(0.6), limits, [-0.04, 1.04]),
      new Axes(44, down(0.87), width, down(1) - down(0.87), limits, [0, 1]),
    ];
  }

  // D*, from both densities, where anything is seen.
  function best(data, model_) {
    const found = new Float32Array(model_.length);
    const least = model.get("least_seen");
    for (let index = 0; index < found.length; index++) {
      const both = data[index] + model_[index];
      found[index] = both > least ? data[index] / both : NaN;
    }
    return found;
  }

  function drawPlane(pen) {
    const [axes] = places();
    const { heat } = frame;
    if (on("heat") && heat.length) {
      paint(pen, axes, heat, model.get("verdicts"));
    }
    axes.clip(pen, () => {
      const line = { colour: colours().discriminator, width: 2 };
      if (on("heat") && heat.length) drawPaths(pen, axes, levelLine(axes, heat, 0.5), line);
      const data = floats(model, "p_data");
      if (on("best") && data.length && data.length === frame.p_g.length) {
        const half = levelLine(axes, best(data, frame.p_g), 0.5);
        drawPaths(pen, axes, half, { colour: colours().reference, width: 1.6, dash: [6, 4] });
      }
      if (on("warp")) {
        fillWarp(pen, axes);
        drawPaths(pen, axes, warpLines(), { colour: colours().generator, width: 1 });
      }
      if (on("real")) drawDots(pen, axes, floats(model, "real"));
      if (on("arrows")) drawArrows(pen, arrowsIn(axes), colours().push);
      if (on("fakes")) drawCrosses(pen, axes, shownPoints);
      if (on("real")) handles?.draw(pen);
      drawChosen(pen, (index) => pixelOf(axes, shownPoints, index), (points) => pixelOf(axes, points, chosen));
    });
    axes.frame(pen, {
      xTicks: ticks(...axes.xLimits), yTicks: ticks(...axes.yLimits), xLabel: "x₁", yLabel: "x₂",
    });
    if (on("heat")) drawScale(pen, axes);
    drawProbe(pen, axes);
  }

  function drawScale(pen, axes) {
    const left = axes.left + axes.width + 10;
    const bar = new Axes(left, axes.top, 10, axes.height, [0, 1], [0, 1]);
    const column = new Float32Array(64 * 64).map((_, index) => Math.floor(index / 64) / 63);
    paint(pen, bar, column, model.get("verdicts"));
    bar.frame(pen);
    pen.textAlign = "left";
    for (const [value, text, base] of [[0, "0 fake", "bottom"], [0.5, "½", "middle"], [1, "1 real", "top"]]) {
      pen.textBaseline = base;
      const [number, word = ""] = text.split(" ");
      pen.fillText(number, left + 13, bar.y(value) + (value === 0 && word ? -12 : 0));
      if (word) pen.fillText(word, left + 13, bar.y(value) + (value === 0 ? 0 : 13));
    }
    pen.textBaseline = "middle";
    pen.textAlign = "center";
    pen.fillText("D(x)", left + 12, axes.top + axes.height + 13);
  }

  function pixelOf(axes, points, index) {
    const wide = plane() ? 2 : 1;
    const x = axes.x(points[index * wide]);
    return [x, plane() ? axes.y(points[index * wide + 1]) : axes.y(rowOf(index, 0.32, 0.94))];
  }

  const pixelOfReal = (axes, points, index) =>
    plane() ? pixelOf(axes, points, index) : [axes.x(points[index]), axes.y(rowOf(index, 0.14, 0.14))];

  // On the line points stand in rows below 0, so that neighbours do not overlap.
  function rowOf(index, first, last) {
    return -0.55 * model.get("peak") * (first + (last - first) * ((index * 0.618034) % 1));
  }

  function drawDots(pen, axes, points) {
    pen.fillStyle = colours().real;
    pen.globalAlpha = 0.75;
    for (let at = 0; at + 1 < points.length; at += 2) {
      pen.beginPath();
      pen.arc(axes.x(points[at]), axes.y(points[at + 1]), 2.2, 0, 2 * Math.PI);
      pen.fill();
    }
    pen.globalAlpha = 1;
  }

  function drawCrosses(pen, axes, points) {
    pen.strokeStyle = colours().fake;
    pen.lineWidth = 1.5;
    pen.beginPath();
    const many = points.length / (plane() ? 2 : 1);
    for (let index = 0; index < many; index++) {
      const [x, y] = pixelOf(axes, points, index);
      pen.moveTo(x - 3, y - 3);
      pen.lineTo(x + 3, y + 3);
      pen.moveTo(x - 3, y + 3);
      pen.lineTo(x + 3, y - 3);
    }
    pen.stroke();
  }

  function arrowsIn(axes) {
    const { starts, arrows } = frame;
    const wide = plane() ? 2 : 1;
    const across = axes.width / (axes.xLimits[1] - axes.xLimits[0]); // pixels to a unit
    const up = plane() ? axes.height / (axes.yLimits[1] - axes.yLimits[0]) : 0;
    return Array.from({ length: starts.length / wide }, (_, index) => {
      const [x, y = 0] = arrows.slice(index * wide, (index + 1) * wide);
      return [...pixelOf(axes, starts, index), across * x, -up * y];
    });
  }

  // Where G took the place of the grid of z in this row and column.
  function warped(row, column) {
    const at = 2 * (row * model.get("warp_shape")[1] + column);
    return [frame.warp[at], frame.warp[at + 1]];
  }

  function warpLines() {
    if (!frame.warp.length) return [];
    const [rows, columns] = model.get("warp_shape");
    const every = model.get("warp_every");
    const some = (many) => Array.from({ length: Math.ceil(many / every) }, (_, index) => index * every);
    const along = (many, place) => Array.from({ length: many }, (_, index) => place(index));
    const across = some(rows).map((row) => along(columns, (column) => warped(row, column)));
    if (rows === 1) return across;
    return [...across, ...some(columns).map((column) => along(rows, (row) => warped(row, column)))];
  }

  // Each cell of the grid as opaque as G makes it dense.
  function fillWarp(pen, axes) {
    const cells = model.get("warp_shape")[1] - 1;
    pen.fillStyle = colours().generator;
    frame.warp_fill.forEach((opacity, index) => {
      const [row, column] = [Math.floor(index / cells), index % cells];
      pen.globalAlpha = opacity;
      pen.beginPath();
      for (const [down, right] of [[0, 0], [0, 1], [1, 1], [1, 0]]) {
        const [x, y] = warped(row + down, column + right);
        pen.lineTo(axes.x(x), axes.y(y));
      }
      pen.fill();
    });
    pen.globalAlpha = 1;
  }

  function drawLine(pen) {
    const [density, verdict, way] = places();
    const [data, density_, { heat, p_g }] = [floats(model, "p_data"), floats(model, "density"), frame];
    const along = (curve_) => Array.from(curve_, (_, at) => {
      const [low, high] = density.xLimits;
      return low + (at / (curve_.length - 1)) * (high - low);
    });
    const grey = { colour: "#777777", width: 1 };
    curve(pen, density, density.xLimits, [0, 0], grey);
    curve(pen, verdict, verdict.xLimits, [0.5, 0.5], { ...grey, dash: [2, 3] });
    density.clip(pen, () => {
      if (on("real")) {
        curve(pen, density, along(density_), density_, { colour: colours().real, width: 2.4 });
        pen.fillStyle = colours().real;
        floats(model, "real").forEach((_, index, all) => {
          const [x, y] = pixelOfReal(density, all, index);
          pen.fillRect(x - 0.7, y - 5, 1.4, 10);
        });
      }
      if (on("fakes")) {
        curve(pen, density, along(p_g), p_g, { colour: colours().fake, width: 2.4, dash: [7, 4] });
      }
      if (on("arrows")) drawArrows(pen, arrowsIn(density), colours().push);
      if (on("fakes")) drawCrosses(pen, density, shownPoints);
      if (on("real")) handles?.draw(pen);
      drawChosen(pen, (index) => pixelOf(density, shownPoints, index), (points) => pixelOf(density, points, chosen));
    });
    if (on("heat")) curve(pen, verdict, along(heat), heat, { colour: colours().discriminator, width: 2.4 });
    if (on("best") && data.length === p_g.length) {
      curve(pen, verdict, along(p_g), best(data, p_g), { colour: colours().reference, width: 1.8, dash: [6, 4] });
    }
    if (on("warp")) {
      const reach = model.get("reach");
      const [low, high] = way.xLimits;
      const paths = [];
      for (let at = 0; at + 1 < frame.warp.length; at += 2) {
        const from = low + ((frame.warp[at] + reach) / (2 * reach)) * (high - low);
        paths.push([[from, 0], [frame.warp[at + 1], 1]]);
      }
      way.clip(pen, () => drawPaths(pen, way, paths, { colour: colours().generator, width: 1 }));
    }
    const peaks = ticks(0, density.yLimits[1], 4);
    density.frame(pen, { yTicks: peaks, yLabel: "density" });
    verdict.frame(pen, { yTicks: [[0, "0"], [0.5, "½"], [1, "1"]], yLabel: "D(x)" });
    way.frame(pen, {
      xTicks: ticks(...way.xLimits), yTicks: [[0, "z"], [1, "x"]], box: false,
      xLabel: `x; z from −${model.get("reach")} to ${model.get("reach")} over the same width`,
    });
    drawProbe(pen, density);
  }

  function drawChosen(pen, here, there) {
    if (chosen === null) return;
    const path = past.slice(0, looking === null ? past.length : looking + 1).map(({ fakes }) => there(fakes));
    pen.strokeStyle = "#000000";
    pen.lineWidth = 1.2;
    pen.beginPath();
    for (const [x, y] of path) pen.lineTo(x, y);
    pen.stroke();
    pen.beginPath();
    pen.lineWidth = 2;
    pen.arc(...here(chosen), 7, 0, 2 * Math.PI);
    pen.stroke();
  }

  function drawProbe(pen, axes) {
    if (!probe || handles?.busy()) return;
    const [x, y] = [axes.x(probe[0]), plane() ? axes.y(probe[1]) : axes.y(0)];
    pen.strokeStyle = "#000000";
    pen.lineWidth = 1;
    pen.beginPath();
    pen.arc(x, y, 4, 0, 2 * Math.PI);
    pen.stroke();
  }

  const draw = soon((now) => {
    if (!size) return;
    moveFakes(now);
    const pen = sharpen(canvas, size, size);
    if (drawing()) paper.draw(pen);
    else (plane() ? drawPlane : drawLine)(pen);
    canvas.setAttribute("aria-label", drawing() ? "Drawing area for points" : model.get("alt"));
    root.dataset.points = drawing() ? paper.count() : 0;
    root.dataset.step = frame.step;
    root.dataset.crosses = on("fakes") ? shownPoints.length / (plane() ? 2 : 1) : 0;
    root.dataset.drawn = Number(root.dataset.drawn || 0) + 1;
    root.dataset.still = glide === null;
    if (glide) draw();
  });

  // Frames that come, and go by ------------------------------------------------------------------

  // Points glide from where they were to where they are; heat and lines change at once.
  function moveFakes(now) {
    const { fakes } = frame;
    if (!glide) return;
    const share = (now - glide.start) / glide.long;
    if (share >= 1 || glide.from.length !== fakes.length) {
      glide = null;
      shownPoints = fakes;
      return;
    }
    const smooth = Math.max(share, 0);
    shownPoints = fakes.map((to, at) => glide.from[at] + smooth * (to - glide.from[at]));
  }

  function take() {
    const next = read();
    const now = performance.now();
    const apart = now - arrived;
    arrived = now;
    if (next.step < (past.at(-1)?.step ?? 0)) past = [];
    if (past.at(-1)?.step === next.step) past.pop();
    if (!next.staged) past.push(next);
    if (past.length > MOST) past = past.filter((_, index) => index % 2 === 0 || index === past.length - 1);
    back.max = Math.max(past.length - 1, 0);
    if (looking === null) {
      const same = next.fakes.length === shownPoints.length && next.fakes.length > 0;
      const moves = same && apart > FAST && !still.matches && next.step >= frame.step;
      glide = moves ? { from: shownPoints, start: now, long: Math.min(apart, GLIDE) } : null;
      frame = next;
      if (!glide) shownPoints = next.fakes;
      back.value = back.max;
    }
    tellWhen();
    draw();
    if (probe || chosen !== null) tell();
  }

  function tellWhen() {
    when.textContent = looking === null ? ` now, step ${count(frame.step)}` : ` at step ${count(frame.step)}`;
    scrubber.hidden = past.length < 2 || drawing();
  }

  back.addEventListener("input", () => {
    const last = past.length - 1;
    looking = Number(back.value) >= last ? null : Number(back.value);
    frame = past[looking ?? last] || read();
    shownPoints = frame.fakes;
    glide = null;
    tellWhen();
    draw();
    if (probe || chosen !== null) tell();
  });

  // What is asked of the picture -----------------------------------------------------------------

  function tell() {
    if (drawing() || handles?.busy()) return;
    const parts = [];
    const [axes] = places();
    if (chosen !== null) parts.push(describeFake());
    else if (probe) parts.push(describePlace(axes));
    say(parts.join(" "));
  }

  const lookUp = (grid, x, y, axes) => {
    if (!grid.length) return NaN;
    if (plane()) return between(grid, axes, x, y);
    const [low, high] = axes.xLimits;
    const at = Math.min(Math.max((x - low) / (high - low), 0), 1) * (grid.length - 1);
    const left = Math.min(Math.floor(at), grid.length - 2);
    return grid[left] + (at - left) * (grid[left + 1] - grid[left]);
  };

  function describePlace(axes) {
    const [x, y] = probe;
    const place = plane() ? `(${write(x)}, ${write(y)})` : write(x);
    const [data, fake] = [floats(model, "p_data"), frame.p_g].map((grid) => lookUp(grid, x, y, axes));
    const kind = model.get("exact") ? "" : " (densities smoothed)";
    const answer = data + fake > model.get("least_seen") ? write(data / (data + fake)) : "not defined: nothing is seen here";
    return (
      `At x = ${place}: D ${write(lookUp(frame.heat, x, y, axes))}, p_data ${write(data, 3)}, ` +
      `p_g ${write(fake, 3)}, D* ${answer}${kind}.`
    );
  }

  function describeFake() {
    const wide = plane() ? 2 : 1;
    const list = (numbers) => `(${Array.from(numbers, (number) => write(number)).join(", ")})`;
    const latent = floats(model, "latent");
    const long = model.get("latent_dim");
    const z = latent.slice(chosen * long, (chosen + 1) * long);
    const x = frame.fakes.slice(chosen * wide, (chosen + 1) * wide);
    return `Fake ${chosen + 1}: z = ${list(z)}, G(z) = ${list(x)}; the black line is its way so far. Escape lets it go.`;
  }

  function placeOf(event) {
    const box = canvas.getBoundingClientRect();
    const scale = size / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  }

  canvas.addEventListener("pointermove", (event) => {
    if (drawing() || handles?.busy()) return;
    const [left, top] = placeOf(event);
    const axes = places().find((each) => each.holds(left, top));
    probe = axes ? axes.back(left, top) : null;
    tell();
    draw();
  });
  canvas.addEventListener("pointerleave", () => {
    probe = null;
    tell();
    draw();
  });
  canvas.addEventListener("click", (event) => {
    if (drawing() || handles?.dropped()) return;
    const [left, top] = placeOf(event);
    const [axes] = places();
    let nearest = NEAR;
    chosen = null;
    if (on("fakes") && !frame.staged) {
      for (let index = 0; index < frame.fakes.length / (plane() ? 2 : 1); index++) {
        const [x, y] = pixelOf(axes, frame.fakes, index);
        const far = Math.hypot(x - left, y - top);
        if (far < nearest) [nearest, chosen] = [far, index];
      }
    }
    tell();
    draw();
  });
  canvas.addEventListener("focus", () => {
    if (!handles || drawing() || said.textContent || !canvas.matches(":focus-visible")) return;
    say("Arrows ask about a place, M takes up a Gaussian of the data, Escape lets go.");
  });
  canvas.addEventListener("keydown", (event) => {
    if (drawing() || event.ctrlKey || event.metaKey || event.altKey) return;
    const [low, high] = model.get("limits");
    if (handles?.obey(event, probe)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (WAYS[event.key]) {
      const far = (high - low) * (event.shiftKey ? 0.1 : 0.02);
      const from = probe || [(low + high) / 2, plane() ? (low + high) / 2 : 0];
      probe = from.map((value, at) => Math.min(Math.max(value + far * WAYS[event.key][at], low), high));
    } else if (event.key === "Escape") {
      probe = chosen = null;
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    tell();
    draw();
  });

  // The legend switches the layers ---------------------------------------------------------------

  const legend = model.get("legend");
  function describe(layer) {
    const words = legend[layer][plane() ? 3 : 4];
    return layer === "best" && !model.get("exact") ? `${words}; estimated` : words;
  }
  const buttons = Object.fromEntries(
    Object.keys(legend).map((layer) => {
      const [symbol, role, words] = legend[layer];
      const sign = make("span", { textContent: symbol, className: "gan-points-sign", attributes: { "aria-hidden": "true" } });
      sign.style.color = colours()[role];
      const classes = `gan-points-key gan-points-show-${layer}`;
      const button = make("button", { type: "button", className: classes }, [sign, make("span", { textContent: words })]);
      button.addEventListener("click", () => {
        const layers = Object.keys(legend).filter((each) => (each === layer ? !on(each) : on(each)));
        model.set("layers", layers);
        model.save_changes();
      });
      keys.append(button);
      return [layer, button];
    }),
  );
  function showKeys() {
    for (const [layer, button] of Object.entries(buttons)) {
      const title = `${on(layer) ? "Hide" : "Show"} ${describe(layer)}`;
      if (button.title !== title) button.title = title;
      button.setAttribute("aria-pressed", on(layer));
    }
    draw();
  }

  // A sheet of paper takes the picture's place -----------------------------------------------------

  function showMode() {
    const hands = root.contains(document.activeElement) && document.activeElement !== back;
    keys.hidden = drawing();
    pencil.hidden = drawing();
    if (paper) paper.tools.hidden = paper.ends.hidden = !drawing();
    canvas.setAttribute("role", drawing() ? "application" : "img");
    canvas.classList.toggle("gan-points-paper", drawing());
    say(drawing() ? paper.help : "");
    probe = chosen = null;
    if (hands) canvas.focus({ preventScroll: true }); // what had the focus may be gone
    tellWhen();
    draw();
  }
  pencil.addEventListener("click", () => {
    model.set("drawing", model.get("dimensions"));
    model.save_changes();
  });

  const watched = [
    ["change:drawing", showMode],
    ["change:frame", () => { take(); showKeys(); }],
    ["change:layers", showKeys],
    ["change:dimensions", showKeys],
  ];
  for (const [event, action] of watched) model.on(event, action);
  const measure = () => {
    size = Math.floor(Math.min(root.clientWidth, model.get("most_pixels"), fitting(0.5, 300)));
    draw();
  };
  const leave = attend(model, root, measure);
  showKeys();
  take();
  showMode();
  return () => {
    paper?.end();
    handles?.end();
    for (const [event, action] of watched) model.off(event, action);
    leave();
  };
}

export default { render };
