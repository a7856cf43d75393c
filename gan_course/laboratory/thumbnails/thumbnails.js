// A group of radio buttons that are small pictures: the browser's own, so that Tab, the arrow keys
// and a screen reader know them.
function render({ model, el }) {
  // Each widget loads this module for itself: only chance gives a name that no other group has.
  const name = `gan-thumbnails-${Math.random().toString(36).slice(2)}`;
  const root = make("fieldset", "gan-thumbnails", { title: model.get("tooltip") });
  root.setAttribute("role", "radiogroup");
  root.setAttribute("aria-label", model.get("description"));
  root.append(make("legend", "gan-thumbnails-title", { textContent: model.get("description") }));
  root.dataset.lmSuppressShortcuts = "true";
  let row = null;
  const buttons = model.get("pictures").map(({ name: text, group, picture }, index) => {
    if (row?.dataset.group !== group) {
      row = make("div", "gan-thumbnails-row");
      row.dataset.group = group;
      root.append(row);
    }
    const button = make("input", "gan-thumbnails-button", { type: "radio", name, value: index });
    button.setAttribute("aria-label", text);
    button.addEventListener("change", () => {
      model.set("index", index);
      model.save_changes();
    });
    const card = make("span", "gan-thumbnails-picture", { innerHTML: picture });
    const words = make("span", "gan-thumbnails-name", { textContent: text });
    const label = make("label", "gan-thumbnails-option", { title: text });
    label.append(button, card, words);
    row.append(label);
    return button;
  });
  el.append(root);

  const show = () => {
    buttons[model.get("index")].checked = true;
  };
  model.on("change:index", show);
  show();
  return () => model.off("change:index", show);
}

function make(tag, className, properties = {}) {
  return Object.assign(document.createElement(tag), { className, ...properties });
}

export default { render };
