import type { ViewState } from '../stores/viewState';

export interface Layout {
  readonly linesWidth: number;
  readonly layersWidth: number;
  readonly inspectorWidth: number;
  readonly timelineHeight: number;
  readonly maxTimelineHeight: number;
  /** Under 1400 px layers and takes become a tab of the inspector. */
  readonly layersInInspector: boolean;
}

const LAYERS_TAB_BELOW_PX = 1400;
const BARS_PX = 36 + 24;
const MIN_VIEWPORT_WIDTH = 360;
const MIN_VIEWPORT_HEIGHT = 240;
const MIN_TIMELINE_HEIGHT = 260;
/** 575 of 1050: the timeline's share of the window before anyone drags it. */
const TIMELINE_SHARE = 575 / 1050;

/**
 * Panel sizes for a window: what the user chose, made to fit; side panels give way before the viewport does. Without a line the
 * timeline is empty and leaves its room to the first steps.
 */
export function layoutOf(view: ViewState, width: number, height: number, hasLine = true): Layout {
  const layersInInspector = width < LAYERS_TAB_BELOW_PX;
  const maxTimelineHeight = Math.max(MIN_TIMELINE_HEIGHT, height - BARS_PX - MIN_VIEWPORT_HEIGHT - 3);
  const chosen = view.timelineHeight > 0 ? view.timelineHeight : Math.round(height * TIMELINE_SHARE);
  const wanted = hasLine ? chosen : MIN_TIMELINE_HEIGHT;
  const inspectorWidth = Math.max(280, view.inspectorWidth);
  const layersWidth = Math.max(220, view.layersWidth);
  const others = inspectorWidth + (layersInInspector ? 0 : layersWidth) + 9;
  const linesWidth = Math.max(200, Math.min(view.linesWidth, width - others - MIN_VIEWPORT_WIDTH));
  return {
    linesWidth,
    layersWidth,
    inspectorWidth,
    timelineHeight: Math.min(maxTimelineHeight, Math.max(MIN_TIMELINE_HEIGHT, wanted)),
    maxTimelineHeight,
    layersInInspector,
  };
}
