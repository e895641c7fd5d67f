/** Scrolling two panes by each other without an echo. */

/** Tells the scrolling a person did from the scrolling we did ourselves. */
export class Scroller {
  private own = -1;

  constructor(readonly element: HTMLElement) {}

  /** Scrolls to `top` CSS pixels; the event that follows is known to be ours. */
  to(top: number): void {
    const before = this.element.scrollTop;
    this.element.scrollTop = top;
    if (this.element.scrollTop !== before) this.own = this.element.scrollTop; // clamped and rounded by the web view
  }

  /** Returns true for a scroll event that `to` caused. */
  isOwn(): boolean {
    const own = this.own >= 0 && Math.abs(this.element.scrollTop - this.own) < 1;
    this.own = -1;
    return own;
  }
}
