import { edge, gutter } from "./chart.js";

// Less of a drag is a click.
const leastDrag = 4;

/** Dragging, wheel and keys over the charts: what part of time is seen, and where the cursor is. */
export class Pointer {
    constructor(stack, mark, range, { onCursor, onStep }) {
        Object.assign(this, { stack, mark, range, onCursor, onStep, drag: null });
        stack.addEventListener("pointerdown", event => this.#down(event));
        stack.addEventListener("pointermove", event => this.#move(event));
        stack.addEventListener("pointerup", event => this.#up(event));
        stack.addEventListener("pointercancel", () => this.#end());
        stack.addEventListener("pointerleave", () => this.drag || onCursor(null));
        stack.addEventListener("dblclick", () => range.reset());
        stack.addEventListener("wheel", event => this.#wheel(event), { passive: false });
        stack.addEventListener("keydown", event => this.#key(event));
    }

    #share(event) {
        const box = this.stack.getBoundingClientRect();
        return Math.min(1, Math.max(0, (event.clientX - box.left - gutter) / (box.width - gutter - edge)));
    }

    #time(event) {
        return this.range.from + this.#share(event) * this.range.span;
    }

    #down(event) {
        if (event.button !== 0)
            return;
        this.stack.setPointerCapture(event.pointerId);
        this.drag = { x: event.clientX, share: this.#share(event), from: this.range.from, to: this.range.to, isPan: event.shiftKey };
    }

    #move(event) {
        const drag = this.drag;
        if (drag?.isPan) {
            const moved = (drag.share - this.#share(event)) * (drag.to - drag.from);
            this.range.show(drag.from + moved, drag.to + moved);
        } else if (drag) {
            const [low, high] = [drag.share, this.#share(event)].sort((a, b) => a - b);
            const inner = `(100% - ${gutter + edge}px)`;
            this.mark.hidden = false;
            this.mark.style.left = `calc(${gutter}px + ${inner} * ${low})`;
            this.mark.style.width = `calc(${inner} * ${high - low})`;
        }
        this.onCursor(this.#time(event));
    }

    #up(event) {
        const drag = this.drag;
        this.#end();
        if (!drag || drag.isPan || Math.abs(event.clientX - drag.x) < leastDrag)
            return;
        const [low, high] = [drag.share, this.#share(event)].sort((a, b) => a - b);
        this.range.show(drag.from + low * (drag.to - drag.from), drag.from + high * (drag.to - drag.from));
    }

    #end() {
        this.drag = null;
        this.mark.hidden = true;
    }

    // Once all is seen, the wheel moves the page.
    #wheel(event) {
        if (event.deltaY === 0 || (event.deltaY > 0 && this.range.isWhole))
            return;
        event.preventDefault();
        this.range.zoom(1.0015 ** Math.max(-400, Math.min(400, event.deltaY)), this.#time(event));
    }

    #key(event) {
        if (event.ctrlKey || event.altKey || event.metaKey)
            return;
        const actions = {
            ArrowLeft: () => event.shiftKey ? this.onStep(-1) : this.range.pan(-0.2),
            ArrowRight: () => event.shiftKey ? this.onStep(1) : this.range.pan(0.2),
            ArrowUp: () => this.range.zoom(0.6),
            ArrowDown: () => this.range.zoom(1 / 0.6),
            "+": () => this.range.zoom(0.6),
            "-": () => this.range.zoom(1 / 0.6),
            Home: () => this.range.reset(),
            Escape: () => this.range.reset(),
        };
        if (!actions[event.key])
            return;
        event.preventDefault();
        actions[event.key]();
    }
}
