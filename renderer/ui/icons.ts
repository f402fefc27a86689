/** The icons in use, drawn by lucide (ISC). Imported one by one so that the rest of the set stays out of the build. */
import arrowLeft from 'lucide-static/icons/arrow-left.svg?raw';
import arrowRightFromLine from 'lucide-static/icons/arrow-right-from-line.svg?raw';
import audioWaveform from 'lucide-static/icons/audio-waveform.svg?raw';
import camera from 'lucide-static/icons/camera.svg?raw';
import caseUpper from 'lucide-static/icons/case-upper.svg?raw';
import check from 'lucide-static/icons/check.svg?raw';
import chevronDown from 'lucide-static/icons/chevron-down.svg?raw';
import chevronUp from 'lucide-static/icons/chevron-up.svg?raw';
import chevronRight from 'lucide-static/icons/chevron-right.svg?raw';
import circle from 'lucide-static/icons/circle.svg?raw';
import circleCheck from 'lucide-static/icons/circle-check.svg?raw';
import circleDashed from 'lucide-static/icons/circle-dashed.svg?raw';
import circleX from 'lucide-static/icons/circle-x.svg?raw';
import clipboardCopy from 'lucide-static/icons/clipboard-copy.svg?raw';
import clockAlert from 'lucide-static/icons/clock-alert.svg?raw';
import cpu from 'lucide-static/icons/cpu.svg?raw';
import drama from 'lucide-static/icons/drama.svg?raw';
import diamondPlus from 'lucide-static/icons/diamond-plus.svg?raw';
import dices from 'lucide-static/icons/dices.svg?raw';
import eye from 'lucide-static/icons/eye.svg?raw';
import eyeOff from 'lucide-static/icons/eye-off.svg?raw';
import file from 'lucide-static/icons/file.svg?raw';
import fileAudio from 'lucide-static/icons/file-audio-2.svg?raw';
import folderOpen from 'lucide-static/icons/folder-open.svg?raw';
import grid from 'lucide-static/icons/grid-3x3.svg?raw';
import hand from 'lucide-static/icons/hand.svg?raw';
import info from 'lucide-static/icons/info.svg?raw';
import loaderCircle from 'lucide-static/icons/loader-circle.svg?raw';
import lock from 'lucide-static/icons/lock.svg?raw';
import lockOpen from 'lucide-static/icons/lock-open.svg?raw';
import magnet from 'lucide-static/icons/magnet.svg?raw';
import maximize2 from 'lucide-static/icons/maximize-2.svg?raw';
import micVocal from 'lucide-static/icons/mic-vocal.svg?raw';
import minus from 'lucide-static/icons/minus.svg?raw';
import lasso from 'lucide-static/icons/lasso.svg?raw';
import lockKeyhole from 'lucide-static/icons/lock-keyhole.svg?raw';
import mousePointer from 'lucide-static/icons/mouse-pointer-2.svg?raw';
import headphones from 'lucide-static/icons/headphones.svg?raw';
import flipHorizontal from 'lucide-static/icons/flip-horizontal-2.svg?raw';
import flag from 'lucide-static/icons/flag.svg?raw';
import pin from 'lucide-static/icons/pin.svg?raw';
import listFilter from 'lucide-static/icons/list-filter.svg?raw';
import ellipsis from 'lucide-static/icons/ellipsis.svg?raw';
import squareDashed from 'lucide-static/icons/square-dashed-mouse-pointer.svg?raw';
import scissors from 'lucide-static/icons/scissors.svg?raw';
import scaling from 'lucide-static/icons/scaling.svg?raw';
import textSelect from 'lucide-static/icons/text-select.svg?raw';
import chevronsDownUp from 'lucide-static/icons/chevrons-down-up.svg?raw';
import pause from 'lucide-static/icons/pause.svg?raw';
import pencil from 'lucide-static/icons/pencil.svg?raw';
import play from 'lucide-static/icons/play.svg?raw';
import plus from 'lucide-static/icons/plus.svg?raw';
import redo from 'lucide-static/icons/redo-2.svg?raw';
import refresh from 'lucide-static/icons/refresh-cw.svg?raw';
import repeat from 'lucide-static/icons/repeat.svg?raw';
import rotateCcw from 'lucide-static/icons/rotate-ccw.svg?raw';
import scanFace from 'lucide-static/icons/scan-face.svg?raw';
import search from 'lucide-static/icons/search.svg?raw';
import skipBack from 'lucide-static/icons/skip-back.svg?raw';
import skipForward from 'lucide-static/icons/skip-forward.svg?raw';
import spline from 'lucide-static/icons/spline.svg?raw';
import stepBack from 'lucide-static/icons/step-back.svg?raw';
import stepForward from 'lucide-static/icons/step-forward.svg?raw';
import sun from 'lucide-static/icons/sun.svg?raw';
import trash from 'lucide-static/icons/trash-2.svg?raw';
import triangleAlert from 'lucide-static/icons/triangle-alert.svg?raw';
import type from 'lucide-static/icons/type.svg?raw';
import undo from 'lucide-static/icons/undo-2.svg?raw';
import unfoldHorizontal from 'lucide-static/icons/unfold-horizontal.svg?raw';
import userRound from 'lucide-static/icons/user-round.svg?raw';
import wrench from 'lucide-static/icons/wrench.svg?raw';
import x from 'lucide-static/icons/x.svg?raw';
import zoomIn from 'lucide-static/icons/zoom-in.svg?raw';
import zoomOut from 'lucide-static/icons/zoom-out.svg?raw';

const FILES = {
  'arrow-left': arrowLeft,
  'arrow-right-from-line': arrowRightFromLine,
  'audio-waveform': audioWaveform,
  camera,
  'case-upper': caseUpper,
  check,
  'chevron-down': chevronDown,
  'chevron-up': chevronUp,
  'chevron-right': chevronRight,
  circle,
  'circle-check': circleCheck,
  'circle-dashed': circleDashed,
  'circle-x': circleX,
  'clipboard-copy': clipboardCopy,
  'clock-alert': clockAlert,
  cpu,
  'diamond-plus': diamondPlus,
  dices,
  drama,
  eye,
  'eye-off': eyeOff,
  file,
  'file-audio': fileAudio,
  'folder-open': folderOpen,
  grid,
  hand,
  info,
  'loader-circle': loaderCircle,
  lock,
  'lock-open': lockOpen,
  magnet,
  'maximize-2': maximize2,
  'mic-vocal': micVocal,
  minus,
  lasso,
  'lock-keyhole': lockKeyhole,
  'mouse-pointer': mousePointer,
  headphones,
  'flip-horizontal': flipHorizontal,
  flag,
  pin,
  'list-filter': listFilter,
  ellipsis,
  'square-dashed': squareDashed,
  scissors,
  scaling,
  'text-select': textSelect,
  'chevrons-down-up': chevronsDownUp,
  pause,
  pencil,
  play,
  plus,
  redo,
  refresh,
  repeat,
  'rotate-ccw': rotateCcw,
  'scan-face': scanFace,
  search,
  'skip-back': skipBack,
  'skip-forward': skipForward,
  spline,
  'step-back': stepBack,
  'step-forward': stepForward,
  sun,
  trash,
  'triangle-alert': triangleAlert,
  type,
  undo,
  'unfold-horizontal': unfoldHorizontal,
  'user-round': userRound,
  wrench,
  x,
  'zoom-in': zoomIn,
  'zoom-out': zoomOut,
} as const;

export type IconName = keyof typeof FILES;

/** The shapes inside the <svg> of each icon. */
export const ICON_BODIES: Readonly<Record<IconName, string>> = Object.fromEntries(
  Object.entries(FILES).map(([name, svg]) => [
    name,
    svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')),
  ]),
) as Record<IconName, string>;
