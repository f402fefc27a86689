import { describe, expect, it } from 'vitest';
import { DEFAULT_VIEW } from '../stores/viewState';
import { layoutOf } from './layout';

describe('layout', () => {
  it('is the design grid at 1680 x 1050', () => {
    expect(layoutOf(DEFAULT_VIEW, 1680, 1050)).toMatchObject({
      linesWidth: 256,
      layersWidth: 268,
      inspectorWidth: 316,
      timelineHeight: 575,
      layersInInspector: false,
    });
  });

  it('gives the room of an empty timeline to the first steps', () => {
    expect(layoutOf({ ...DEFAULT_VIEW, timelineHeight: 700 }, 1680, 1050, false).timelineHeight).toBe(260);
    expect(layoutOf({ ...DEFAULT_VIEW, timelineHeight: 700 }, 1680, 1050, true).timelineHeight).toBe(700);
  });

  it('leaves the viewport its minimum in every window down to 1280 x 720', () => {
    for (const [width, height] of [
      [1280, 720],
      [1366, 768],
      [1400, 900],
      [1920, 1080],
    ]) {
      const layout = layoutOf({ ...DEFAULT_VIEW, linesWidth: 480, timelineHeight: 2000 }, width, height);
      const side = layout.linesWidth + layout.inspectorWidth + (layout.layersInInspector ? 0 : layout.layersWidth);
      expect(width - side).toBeGreaterThanOrEqual(360);
      expect(height - 60 - layout.timelineHeight).toBeGreaterThanOrEqual(240);
      expect(layout.layersInInspector).toBe(width < 1400);
    }
  });
});
