// What only the page knows about the controls and pictures of a widget; for widget_health.py.
window.widgetHealth = (() => {
    // What takes the focus or a click. The number beside a slider is a second way to set it.
    const CONTROLS = 'button, input, select, textarea, a[href], [role=slider], [role=button], '
        + '[tabindex]:not([tabindex="-1"])';

    const source = element => element.outerHTML.slice(0, 200);
    const text = element => element ? element.textContent.trim() : '';

    const visible = element => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden';
    };
    const controls = root => [...root.querySelectorAll(CONTROLS)].filter(visible);

    const nameOf = element => {
        const pointed = (element.getAttribute('aria-labelledby') || '').split(' ')
            .map(id => id && text(document.getElementById(id))).join(' ').trim();
        const labels = [...(element.labels || [])].map(text).join(' ').trim();
        const own = element.matches('button, a, [role=button]') ? text(element) : '';
        // ipywidgets writes a slider's label beside it, and ties the two by place alone.
        const slider = element.matches('[role=slider]') && element.closest('.widget-slider');
        const beside = slider ? text(slider.querySelector(':scope > .widget-label')) : '';
        return pointed || element.getAttribute('aria-label') || labels || own
            || element.getAttribute('title') || beside || '';
    };
    // ipywidgets 8.1 gives the three buttons of its Play icons and no names, and no way to add
    // any; the slider beside it has one and does the same.
    const nameless = root => controls(root)
        .filter(element => !nameOf(element) && !element.closest('.widget-play')).map(source);

    // Tab stops once at a group of radio buttons: at the one that is chosen.
    const byArrows = (root, element) => element.type === 'radio' && !element.checked
        && root.querySelector(`input[type=radio][name="${element.name}"]:checked`);
    const enabled = root => controls(root).filter(element => !element.disabled
        && element.tabIndex >= 0 && !element.closest('.noUi-target[disabled]')
        && !byArrows(root, element));

    const isOneColour = picture => {
        const copy = document.createElement('canvas');
        copy.width = copy.height = 300;
        const brush = copy.getContext('2d');
        brush.drawImage(picture, 0, 0, copy.width, copy.height);
        const bytes = brush.getImageData(0, 0, copy.width, copy.height).data.buffer;
        const pixels = new Uint32Array(bytes);
        return pixels.every(pixel => pixel === pixels[0]);
    };
    // A picture of one colour is blank, whatever its size.
    const blankPictures = async root => {
        const blank = [];
        for (const picture of [...root.querySelectorAll('img, canvas')].filter(visible)) {
            const decoded = picture.tagName === 'CANVAS'
                || await picture.decode().then(() => true, () => false);
            if (!decoded || !picture.width || isOneColour(picture)) blank.push(source(picture));
        }
        return blank;
    };

    // Scrolled to, a control can be clicked at its left end, its middle and its right end.
    const cutOff = root => controls(root).filter(element => {
        element.scrollIntoView({block: 'center', inline: 'nearest'});
        const box = element.getClientRects()[0];  // the first line of a link of several
        const edge = Math.min(3, box.width / 2);
        const labels = [...(element.labels || [])];
        return [box.left + edge, box.left + box.width / 2, box.right - edge].some(x => {
            const hit = document.elementFromPoint(x, box.top + box.height / 2);
            return !(element.contains(hit) || labels.some(label => label.contains(hit)));
        });
    }).map(source);

    // Outputs that hold one of these signs or came from stderr, each with the text of its cell.
    const STDERR = '[data-mime-type="application/vnd.jupyter.stderr"]';
    const troubles = signs => [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')]
        .flatMap(cell => [...cell.querySelectorAll('.jp-OutputArea-output')]
            .map(output => [output, output.innerText])
            .filter(([output, said]) => output.matches(STDERR) || output.querySelector(STDERR)
                || signs.some(sign => said.includes(sign)))
            .map(([, said]) => [said, text(cell.querySelector('.jp-InputArea-editor'))]));

    return {troubles, nameless, enabled, blankPictures, cutOff};
})();
