import type { PerformanceChannel } from '../../core/rig/channels';
import { chooseMenu, expect, test as base, untilIdle, untilSampleIsOpen, type Studio } from './launchStudio';

export { closeStudio, expect, launchStudio, noteFigure, picture, projectRoot, stubDialogs } from './launchStudio';

/** A place on the page, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedKey extends Point {
  readonly id: string;
  readonly timeSeconds: number;
  readonly value: number;
}

/** What a person at the desk does and sees: mouse and keyboard on one side, what the document and the face say on the other. */
export class Hands {
  constructor(readonly studio: Studio) {}

  get page() {
    return this.studio.page;
  }

  // Seeing.

  /** Hand keys of the active channel in the curve area. */
  keys = (): Promise<PlacedKey[]> => this.page.evaluate(() => [...window.__mien!.curveKeysPx()]);
  times = async (): Promise<number[]> => (await this.keys()).map((key) => key.timeSeconds);
  values = async (): Promise<number[]> => (await this.keys()).map((key) => key.value);
  /** Page position of a time and value of the active channel in the curve area. */
  curvePoint = (timeSeconds: number, value: number): Promise<Point> =>
    this.page.evaluate(([time, at]) => window.__mien!.curvePointPx(time, at), [timeSeconds, value] as const);
  rulerPoint = (timeSeconds: number): Promise<Point> =>
    this.page.evaluate((time) => window.__mien!.rulerPointPx(time), timeSeconds);
  /** A time in the middle of a lane. */
  async lanePoint(testid: string, timeSeconds: number): Promise<Point> {
    const box = (await this.page.getByTestId(testid).boundingBox())!;
    return { x: (await this.rulerPoint(timeSeconds)).x, y: box.y + box.height / 2 };
  }
  phonemes = () => this.page.evaluate(() => [...window.__mien!.phonemes()]);
  words = () => this.page.evaluate(() => [...window.__mien!.words()]);
  depth = () => this.page.evaluate(() => window.__mien!.historyDepth());
  undoLabel = () => this.page.evaluate(() => window.__mien!.undoLabel());
  selectedCount = () => this.page.evaluate(() => window.__mien!.selectedKeyCount());
  lineIds = () => this.page.evaluate(() => [...window.__mien!.lineIds()]);
  valueAt = (channel: PerformanceChannel, timeSeconds?: number): Promise<number> =>
    this.page.evaluate(([name, time]) => window.__mien!.channelValue(name, time), [channel, timeSeconds] as const);
  /** A channel over a stretch, every frame of 60 a second. */
  curve = (channel: PerformanceChannel, fromSeconds: number, toSeconds: number): Promise<number[]> =>
    this.page.evaluate(
      ([name, from, to]) =>
        Array.from({ length: Math.round((to - from) * 60) }, (_, frame) => window.__mien!.channelValue(name, from + frame / 60)),
      [channel, fromSeconds, toSeconds] as const,
    );

  // Waiting.

  idle = () => untilIdle(this.studio);
  /** The sample line that opens by itself, with its curves: on a busy machine it stands there, idle, before they are begun. */
  async sample(): Promise<void> {
    await untilSampleIsOpen(this.studio);
    await expect.poll(async () => Number.isFinite(await this.valueAt('jawOpen', 1))).toBe(true);
    await this.idle();
  }

  // Doing.

  /** Presses a key or chord and waits until its work is over. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
    await this.idle();
  }
  async menu(commandId: string): Promise<void> {
    await chooseMenu(this.studio, commandId);
    await this.idle();
  }
  async click({ x, y }: Point, ...modifiers: string[]): Promise<void> {
    await this.holding(modifiers, () => this.page.mouse.click(x, y));
  }
  /** Along the points with the button down; `end` may let go, or press Escape first. */
  async stroke(points: readonly Point[], modifiers: readonly string[] = [], end: 'drop' | 'escape' = 'drop'): Promise<void> {
    const { mouse, keyboard } = this.page;
    await this.holding(modifiers, async () => {
      await mouse.move(points[0].x, points[0].y);
      await mouse.down();
      for (const point of points.slice(1)) await mouse.move(point.x, point.y, { steps: 4 });
      if (end === 'escape') await keyboard.press('Escape');
      await mouse.up();
    });
    await this.idle();
  }
  drag(from: Point, to: Point, modifiers: readonly string[] = [], end: 'drop' | 'escape' = 'drop'): Promise<void> {
    return this.stroke([from, { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, to], modifiers, end);
  }
  /** Moves the playhead by a click on the ruler; it lands on the nearest frame. */
  async seek(timeSeconds: number): Promise<void> {
    await this.click(await this.rulerPoint(timeSeconds));
  }
  /** Keys by double-click where only this channel's curve is shown: one that runs by would get them. */
  async makeKeys(channel: PerformanceChannel, keys: readonly (readonly [timeSeconds: number, value: number])[]): Promise<void> {
    await this.showChannel(channel, ['Alt']);
    const before = (await this.keys()).length;
    for (const [index, [time, value]] of keys.entries()) {
      const at = await this.curvePoint(time, value);
      await this.page.mouse.dblclick(at.x, at.y);
      await expect.poll(async () => (await this.keys()).length).toBe(before + index + 1);
    }
    await this.idle();
  }
  /** Chooses a channel in the list; with the curve editor open it is searched for. */
  async showChannel(channel: PerformanceChannel, modifiers: readonly 'Alt'[] = []): Promise<void> {
    const search = this.page.getByTestId('channel-search');
    if (await search.isVisible()) await search.fill(channel);
    await this.page
      .getByTestId(`channel-row-${channel}`)
      .getByRole('button', { name: channel, exact: true })
      .click({ modifiers: [...modifiers] });
    if (!(await search.isVisible())) return;
    // Empties the field and leaves it: keys pressed from here on are the studio's.
    await search.press('Escape');
    await expect(search).toHaveValue('');
  }
  /** Types into the number of a slider. */
  async typeNumber(testid: string, value: string): Promise<void> {
    const field = this.page.getByTestId(testid).locator('input');
    await field.fill(value);
    await field.press('Enter');
    await this.idle();
  }
  async undo(): Promise<void> {
    await this.press('ControlOrMeta+z');
  }

  private async holding(modifiers: readonly string[], work: () => Promise<void>): Promise<void> {
    for (const key of modifiers) await this.page.keyboard.down(key);
    await work();
    for (const key of [...modifiers].reverse()) await this.page.keyboard.up(key);
  }
}

/** A test with its own studio and hands at it. */
export const test = base.extend<{ hands: Hands }>({
  hands: async ({ studio }, use) => use(new Hands(studio)),
});
