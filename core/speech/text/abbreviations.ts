/** What is written short and said long. Every entry is a list of alternatives, the likeliest first. */

/** Written with a full stop. "no." is left out: it is an answer far more often than "number"; see `BEFORE_NUMBER`. */
export const ABBREVIATIONS: Readonly<Record<string, string[][]>> = {
  mr: [['mister']],
  mrs: [['missus']],
  ms: [['miz']],
  mx: [['mix']],
  dr: [['doctor'], ['drive']],
  st: [['saint'], ['street']],
  jr: [['junior']],
  sr: [['senior']],
  prof: [['professor']],
  lt: [['lieutenant']],
  sgt: [['sergeant']],
  cpl: [['corporal']],
  pvt: [['private']],
  capt: [['captain']],
  cpt: [['captain']],
  cmdr: [['commander']],
  col: [['colonel']],
  gen: [['general']],
  adm: [['admiral']],
  maj: [['major']],
  gov: [['governor']],
  sen: [['senator']],
  rev: [['reverend']],
  hon: [['honorable']],
  ave: [['avenue']],
  blvd: [['boulevard']],
  rd: [['road']],
  mt: [['mount']],
  ft: [['fort'], ['feet']],
  vs: [['versus']],
  etc: [['et', 'cetera']],
  approx: [['approximately']],
  dept: [['department']],
  est: [['established'], ['estimated']],
  inc: [['incorporated'], ['inc']],
  ltd: [['limited']],
  corp: [['corporation']],
  bros: [['brothers']],
  'e.g': [
    ['for', 'example'],
    ['e', 'g'],
  ],
  'i.e': [
    ['that', 'is'],
    ['i', 'e'],
  ],
  'ph.d': [['p', 'h', 'd']],
  'w/o': [['without']],
};

/** Said long with or without a full stop; nobody says the letters. */
export const SHORT_WORDS: Readonly<Record<string, string[][]>> = {
  mr: ABBREVIATIONS.mr,
  mrs: ABBREVIATIONS.mrs,
  ms: ABBREVIATIONS.ms,
  dr: ABBREVIATIONS.dr,
  prof: [['professor'], ['prof']],
  sgt: ABBREVIATIONS.sgt,
  vs: ABBREVIATIONS.vs,
  'w/': [['with']],
  'w/o': [['without']],
  'b/c': [['because']],
  phd: [['p', 'h', 'd']],
  'c++': [['c', 'plus', 'plus']],
  'c#': [['c', 'sharp']],
};

/** With a full stop and a number behind it. */
export const BEFORE_NUMBER: Readonly<Record<string, string[][]>> = {
  no: [['number']],
  nos: [['numbers']],
  nr: [['number']],
  p: [['page']],
  pp: [['pages']],
  vol: [['volume']],
  ch: [['chapter']],
  fig: [['figure']],
  sec: [['section']],
  ep: [['episode']],
  lvl: [['level']],
  lv: [['level']],
};

/** Units after a number: singular and plural. */
export const UNITS: Readonly<Record<string, readonly [string, string]>> = {
  '%': ['percent', 'percent'],
  km: ['kilometer', 'kilometers'],
  m: ['meter', 'meters'],
  cm: ['centimeter', 'centimeters'],
  mm: ['millimeter', 'millimeters'],
  kg: ['kilogram', 'kilograms'],
  g: ['gram', 'grams'],
  mg: ['milligram', 'milligrams'],
  l: ['liter', 'liters'],
  ml: ['milliliter', 'milliliters'],
  lb: ['pound', 'pounds'],
  lbs: ['pound', 'pounds'],
  oz: ['ounce', 'ounces'],
  ft: ['foot', 'feet'],
  in: ['inch', 'inches'],
  yd: ['yard', 'yards'],
  mi: ['mile', 'miles'],
  mph: ['mile per hour', 'miles per hour'],
  kph: ['kilometer per hour', 'kilometers per hour'],
  'km/h': ['kilometer per hour', 'kilometers per hour'],
  'm/s': ['meter per second', 'meters per second'],
  '°': ['degree', 'degrees'],
  '°c': ['degree celsius', 'degrees celsius'],
  '°f': ['degree fahrenheit', 'degrees fahrenheit'],
  k: ['thousand', 'thousand'],
  x: ['times', 'times'],
  s: ['second', 'seconds'],
  sec: ['second', 'seconds'],
  secs: ['second', 'seconds'],
  ms: ['millisecond', 'milliseconds'],
  min: ['minute', 'minutes'],
  mins: ['minute', 'minutes'],
  h: ['hour', 'hours'],
  hr: ['hour', 'hours'],
  hrs: ['hour', 'hours'],
  hz: ['hertz', 'hertz'],
  khz: ['kilohertz', 'kilohertz'],
  mhz: ['megahertz', 'megahertz'],
  ghz: ['gigahertz', 'gigahertz'],
  kb: ['kilobyte', 'kilobytes'],
  mb: ['megabyte', 'megabytes'],
  gb: ['gigabyte', 'gigabytes'],
  tb: ['terabyte', 'terabytes'],
  w: ['watt', 'watts'],
  kw: ['kilowatt', 'kilowatts'],
  v: ['volt', 'volts'],
  am: ['a m', 'a m'],
  pm: ['p m', 'p m'],
};

/** Units that are also words or letters: only glued to the number ("5m"), never as a word behind it ("5 in", "3 s"). */
export const GLUED_ONLY: ReadonlySet<string> = new Set(['in', 'm', 's', 'h', 'g', 'l', 'v', 'w', 'x', 'k', 'min', 'sec', 'am']);

/** By sign or code: singular, plural, hundredth singular, hundredth plural. */
export const MONEY: Readonly<Record<string, readonly [string, string, string, string]>> = {
  $: ['dollar', 'dollars', 'cent', 'cents'],
  '£': ['pound', 'pounds', 'penny', 'pence'],
  '€': ['euro', 'euros', 'cent', 'cents'],
  '¥': ['yen', 'yen', 'sen', 'sen'],
  '₹': ['rupee', 'rupees', 'paisa', 'paise'],
  '₽': ['ruble', 'rubles', 'kopeck', 'kopecks'],
  '¢': ['cent', 'cents', '', ''],
};

export const SYMBOLS: Readonly<Record<string, string>> = {
  '&': 'and',
  '@': 'at',
  '+': 'plus',
  '=': 'equals',
  '%': 'percent',
  '<': 'less than',
  '>': 'greater than',
  '×': 'times',
  '÷': 'divided by',
  '°': 'degrees',
};

export const MONTHS = 'january february march april may june july august september october november december'.split(' ');
/** "Jan." to its month; "may" is a word of its own. */
export const SHORT_MONTHS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(MONTHS.filter((month) => month.length > 4).map((month) => [month.slice(0, 3), month])),
  sept: 'september',
};
/** Only with a full stop: "sun" and "sat" are words. */
export const SHORT_DAYS: Readonly<Record<string, string>> = {
  mon: 'monday',
  tue: 'tuesday',
  tues: 'tuesday',
  wed: 'wednesday',
  thu: 'thursday',
  thur: 'thursday',
  thurs: 'thursday',
  fri: 'friday',
  sat: 'saturday',
  sun: 'sunday',
};
