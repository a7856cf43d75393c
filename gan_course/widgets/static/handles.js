// The Gaussians that real data are made of, dragged about on the picture: with mouse, finger or keys.
import { WAYS, floats, make, write } from "./drawing.js";

const REACH = 12; // pixels within which a press finds a Gaussian's centre, or one of its points
const FIRM = 3; // pixels: who moves less has clicked
const MOST_MARKS = 30; // of the Gaussians; where there are more, only the one in hand is marked
const PATIENCE = 2000; // milliseconds; then the kernel is told anew, for it may have built networks
const TRIES = 5; // then the picture shows where the Gaussian stands, not where it should
const MARGIN = 0.04; // of the picture's width, between a Gaussian and the rim
const NONE = -1; // found: a real point that belongs to no Gaussian
const FIXED =
  "These data are no mixture of Gaussians, so none can be dragged. “Draw your own” makes other data.";

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const same = (a, b) => a && a.every((value, at) => Math.abs(value - b[at]) < 1e-4);
const spell = (place) => (place.length > 1 ? `(${place.map((each) => write(each)).join(", ")})` : write(place[0]));

// The number of the pixel nearest to a place, or null where none is near.
function nearest(pixels, left, top, reach) {
  let found = null;
  pixels.forEach(([x, y], index) => {
    const far = Math.hypot(x - left, y - top);
    if (far < reach) [reach, found] = [far, index];
  });
  return found;
}

// `axes` returns where the data are drawn, `plane` whether in two dimensions, `shown` whether they
// can be touched now, `pixelOfReal` where a real point is drawn, `placeOf` where an event happened
// on the canvas; `say` shows a sentence below it, `redraw` asks for a new drawing. The model holds
// `handles`, `homes` and `handle_name`, and is told of moves.
export function makeHandles({ model, canvas, axes, plane, shown, pixelOfReal, placeOf, say, redraw }) {
  let wanted = null; // {part, to}: where one shall stand, until the kernel says that it does
  let sent = null; // the same, as the kernel was told it
  let timer = 0; // until it is told again
  let tries = 0;
  let press = null; // the pointer that went down on one
  let held = null; // the number of the one in hand
  let hovered = null;
  let dropped = false; // whether the last press was a move

  const reset = make("button", {
    type: "button", className: "gan-paper-button gan-points-home", textContent: "↺ Put back",
    title: "Put every Gaussian back where it was",
  });

  function places(name = "handles") {
    const [numbers, wide] = [floats(model, name), plane() ? 2 : 1];
    return Array.from({ length: numbers.length / wide }, (_, part) => [...numbers.slice(part * wide, (part + 1) * wide)]);
  }
  const standing = (part) => (wanted?.part === part ? wanted.to : places()[part]);
  const pixel = (place) => [axes().x(place[0]), axes().y(place[1] ?? 0)];

  // The number of the Gaussian at a place of the canvas, NONE, or null where there are no data.
  function find(left, top) {
    if (!shown()) return null;
    const all = places();
    const centre = nearest(all.map(pixel), left, top, REACH);
    if (centre !== null) return centre;
    const [real, wide] = [floats(model, "real"), plane() ? 2 : 1];
    const pixels = Array.from({ length: real.length / wide }, (_, index) => pixelOfReal(real, index));
    const point = nearest(pixels, left, top, REACH);
    if (point === null) return null;
    return all.length ? nearest(all.map(pixel), ...pixels[point], Infinity) : NONE;
  }

  function draw(pen) {
    const all = places();
    pen.strokeStyle = model.get("colours").real;
    all.forEach((_, part) => {
      const marked = part === held || part === hovered;
      if (!marked && all.length > MOST_MARKS) return;
      pen.lineWidth = marked ? 3 : 1.2;
      pen.beginPath();
      pen.arc(...pixel(standing(part)), 9, 0, 2 * Math.PI);
      pen.stroke();
    });
  }

  // Moves, and the kernel ------------------------------------------------------------------------

  function move(part, to) {
    const [low, high] = model.get("limits");
    const margin = MARGIN * (high - low);
    wanted = { part, to: to.map((value) => clamp(value, low + margin, high - margin)) };
    tries = 0;
    tellKernel();
    say(`${name(part)}: from ${spell(places("homes")[part])} to ${spell(standing(part))}. Both networks train on it where it is now.`);
    redraw();
  }

  // One message is under way at most, and the last place always gets there.
  function tellKernel() {
    if (!wanted || sent) return;
    if (tries >= TRIES || same(places()[wanted.part], wanted.to)) {
      wanted = null;
      return;
    }
    sent = wanted;
    tries += 1;
    model.send({ kind: "move", ...sent });
    clearTimeout(timer);
    timer = setTimeout(tellAgain, PATIENCE);
  }

  function tellAgain() {
    sent = null;
    tellKernel();
    redraw();
  }

  function hearKernel() {
    if (sent === wanted) wanted = null;
    sent = null;
    clearTimeout(timer);
    tellKernel();
    showReset();
    redraw();
  }

  function beginAnew() {
    clearTimeout(timer);
    wanted = sent = press = held = hovered = null;
    showReset();
  }

  function showReset() {
    const homes = places("homes");
    const home = !places().some((place, part) => !same(homes[part], place));
    if (home && document.activeElement === reset) canvas.focus({ preventScroll: true });
    reset.hidden = home;
  }

  function name(part) {
    const word = model.get("handle_name");
    return `${word[0].toUpperCase()}${word.slice(1)} ${part + 1} of ${places().length}`;
  }

  // Mouse and finger -----------------------------------------------------------------------------

  function down(event) {
    dropped = false;
    if (event.button !== 0) return;
    const [left, top] = placeOf(event);
    const part = find(left, top);
    if (part === null) return;
    canvas.setPointerCapture(event.pointerId);
    press = { part, left, top, from: part === NONE ? null : standing(part) };
  }

  function drag(event) {
    const [left, top] = placeOf(event);
    if (!press) {
      hovered = find(left, top);
      canvas.classList.toggle("gan-points-grab", hovered !== null && hovered !== NONE);
      return;
    }
    if (!dropped && Math.hypot(left - press.left, top - press.top) < FIRM) return;
    dropped = true;
    if (press.part === NONE) return say(FIXED);
    held = press.part;
    const [before, now] = [axes().back(press.left, press.top), axes().back(left, top)];
    move(held, press.from.map((value, at) => value + now[at] - before[at]));
  }

  function up(event) {
    if (!press) return;
    press = held = null;
    redraw();
    // A tap on data, which `keepFinger` took the page's gesture from, still is a click.
    const { clientX, clientY } = event;
    if (event.pointerType === "touch" && !dropped) canvas.dispatchEvent(new MouseEvent("click", { clientX, clientY }));
  }

  // A finger that goes down on data drags them; elsewhere it scrolls the page.
  function keepFinger(event) {
    const [finger, another] = event.touches;
    if (!another && find(...placeOf(finger)) !== null) event.preventDefault();
  }

  // Keys -----------------------------------------------------------------------------------------

  // Returns whether the key was meant for a Gaussian. `asked` is the place that was asked about.
  function obey(event, asked) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!shown()) return false;
    if (key === "m") takeUp(event.shiftKey ? -1 : 1, asked);
    else if (held === null) return false;
    else if (WAYS[key]) {
      const [low, high] = model.get("limits");
      const far = (high - low) * (event.shiftKey ? 0.1 : 0.02);
      move(held, standing(held).map((value, at) => value + far * WAYS[key][at]));
    } else if (key === "u") move(held, places("homes")[held]);
    else if (key === "Escape") letGo();
    else return false;
    return true;
  }

  function takeUp(way, asked) {
    const all = places();
    if (!all.length) return say(FIXED);
    if (held !== null) held = (held + way + all.length) % all.length;
    else held = asked ? nearest(all.map(pixel), ...pixel(asked), Infinity) : 0;
    say(
      `${name(held)} at ${spell(standing(held))}. Arrows move it, with Shift further; M takes the next, ` +
        "U puts it back, Escape lets go.",
    );
    redraw();
  }

  function letGo() {
    if (held === null) return;
    held = null;
    say("");
    redraw();
  }

  reset.addEventListener("click", () => {
    clearTimeout(timer);
    wanted = sent = null;
    model.send({ kind: "put back" });
    say("All are back where they were.");
  });
  canvas.addEventListener("touchstart", keepFinger, { passive: false });
  const heard = { pointerdown: down, pointermove: drag, pointerup: up, pointercancel: up, blur: letGo };
  for (const [event, action] of Object.entries(heard)) canvas.addEventListener(event, action);
  const watched = { "change:handles": hearKernel, "change:homes": beginAnew };
  for (const [event, action] of Object.entries(watched)) model.on(event, action);
  showReset();
  return {
    draw,
    obey,
    reset,
    busy: () => held !== null,
    dropped: () => dropped,
    end: () => {
      clearTimeout(timer);
      Object.entries(watched).forEach(([event, action]) => model.off(event, action));
    },
  };
}
