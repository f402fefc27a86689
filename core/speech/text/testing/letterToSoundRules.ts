import type { Phoneme } from '../../phonemes';

/**
 * Letter-to-sound rules for English words that no dictionary holds: names, coinages, typing errors. Written for Mien and
 * checked against CMUdict; the baseline that the learnt model must beat (letterToSound.test.ts). The form, ordered rules of left context, letters and right context, follows
 * Elovitz et al. 1976 (NRL Report 7948).
 *
 * A rule reads `left[letters]right=phones`. In contexts: `^` word edge, `V` a vowel letter, `C` a consonant letter,
 * `F` a front vowel (e i y), `*` any consonants (also none) with a vowel before them; other characters stand for themselves.
 * The first rule that fits wins.
 */
const RULES: Readonly<Record<string, string>> = {
  a: `[augh]t=AO [augh]=AO F [au]=AO [aw]=AO [air]=EH R [ai]=EY [ay]=EY [ae]=IY [aa]=AA [alk]=AO K [all]=AO L [al]m=AA [able]^=AH B AH L
    [ant]^=AH N T [ance]^=AH N S [age]^=IH JH ^[a]^=AH [a]^=AH w[a]r=AO w[a]s=AA w[a]t=AA qu[a]=AA [are]^=EH R [ar]V=EH R [arr]=EH R [ar]=AA R
    [ate]^=EY T [ation]=EY SH AH N [a]Ce^=EY [a]CF^=EY [a]Cing^=EY [a]Ced^=EY [a]Cia=EY [a]ste=EY ^[a]CCV=AE ^[a]CV=AH [a]=AE`,
  b: `m[b]^= [bb]=B [bt]^=T [b]=B`,
  c: `[cc]F=K S [cc]=K [ck]=K ^[ch]r=K ^[ch]l=K s[ch]=K [ch]=CH [cia]=SH AH [cio]=SH AH [ciou]=SH AH [c]F=S s[c]F= [cqu]=K W [cz]=CH [c]=K`,
  d: `[dd]=D [dge]=JH [dg]=JH [dj]=JH [d]=D`,
  e: `[eau]=OW [eigh]=EY [ear]^=IH R [ear]C=ER [ear]=IH R [ea]d^=EH [ea]lth=EH [ea]ther=EH [ea]=IY [eer]=IH R [ee]=IY [eu]=Y UW ch[ew]=UW r[ew]=UW
    l[ew]=UW j[ew]=UW [ew]=Y UW [ei]v=IY c[ei]=IY [ei]=EY [eye]=AY [ey]^=IY [ey]=EY [e]o=IY [ere]^=IH R [er]^=ER [ern]=ER N [err]=EH R [er]V=EH R
    [er]=ER [ement]=M AH N T t[ed]^=IH D d[ed]^=IH D *p[ed]^=T *k[ed]^=T *f[ed]^=T *s[ed]^=T *x[ed]^=T *ch[ed]^=T *sh[ed]^=T *[ed]^=D
    s[es]^=IH Z z[es]^=IH Z ch[es]^=IH Z sh[es]^=IH Z x[es]^=IH Z c[es]^=IH Z g[es]^=IH Z *C[es]^=Z *[ely]^=L IY *[eful]=F AH L *[eless]=L AH S *[eness]=N AH S
    *[e]^= ^C[e]^=IY [ent]^=AH N T [ence]^=AH N S [el]^=AH L [en]^=AH N [et]^=AH T [est]^=AH S T ^[e]CV=IH ^r[e]CV=IY ^d[e]CV=IH ^pr[e]CV=IY
    [e]Ce^=IY [e]CCe=EH [e]=EH`,
  f: `[ff]=F [f]=F`,
  g: `[gg]=G ^[gn]=N [gn]^=N ^[gh]=G V[gh]t= V[gh]^= [gh]=G ^[ge]t=G EH ^[gi]v=G IH ^[gi]r=G ER [ge]^=JH [g]F=JH [gu]F=G [g]=G`,
  h: `^[hon]=AA N ^[hour]=AW ER V[h]C= V[h]^= [h]=HH`,
  i: `[igh]=AY [ign]^=AY N [ind]^=AY N D [ild]^=AY L D [ience]^=Y AH N S [iety]=AY AH T IY [ied]^=IY D [ies]^=IY Z [ier]^=IY ER [ieve]=IY V [ie]^=IY [ie]nd=EH [ie]=IY
    [ique]^=IY K [ine]^=IY N [ire]=AY ER [irr]=IH R [ir]V=AY R [ir]=ER [ise]^=AY Z [ize]=AY Z [ization]=IH Z EY SH AH N [ity]^=AH T IY [ible]^=AH B AH L [ing]^=IH NG
    [ion]=Y AH N [ious]=IY AH S [ial]=IY AH L [ian]=IY AH N [ia]^=IY AH [ia]=IY AH [io]=IY OW [iu]=IY AH ^C[i]^=AY [i]^=IY [i]Ce^=AY [i]Ced^=AY [i]Ces^=AY [i]Cing^=AY ^[i]Ca=AY [i]=IH`,
  j: `[j]=JH`,
  k: `^[kn]=N [kk]=K [kh]=K [k]=K`,
  l: `[ll]=L *C[le]^=AH L *C[les]^=AH L Z *C[led]^=AH L D [l]=L`,
  m: `[mm]=M [mn]^=M *th[m]^=AH M s[m]^=AH M [m]=M`,
  n: `[ng]^=NG [ng]s^=NG [ng]th=NG [ng]ed=NG [ng]er^=NG [nge]=N JH [ng]F=N JH [ng]=NG G [nk]=NG K [nx]=NG K S [nc]t=NG K [nq]=NG K [nn]=N [n]=N`,
  o: `[ought]=AO T [ough]^=OW [ough]=AH F [ould]=UH D [oun]=AW N [our]^=AO R [our]=AO R [ous]^=AH S [ouse]^=AW S [oup]=UW P [ou]=AW [ow]n^=OW [ow]^=OW [ow]er=AW [ow]=AW
    [oar]=AO R [oa]=OW [oi]=OY [oy]=OY [oor]=AO R [ook]=UH K [ood]^=UH D [oo]=UW [oe]^=OW [oe]=OW [ore]^=AO R [orr]=AO R w[or]=ER [or]^=ER [or]=AO R [old]=OW L D [olk]=OW K [oll]^=OW L
    [ost]^=OW S T [oth]er=AH DH [om]e^=AH M [ove]^=AH V [on]^=AH N [om]^=AH M [o]^=OW [o]Ce^=OW [o]Ced^=OW [o]Ces^=OW [o]Cing^=OW [o]CF^=OW [o]Cia=OW [ology]=AA L AH JH IY [ot]^=AA T ^C[o]CV=OW [o]=AA`,
  p: `[ph]=F ^[ps]=S ^[pn]=N [pp]=P [p]=P`,
  q: `[qu]e^=K [que]^=K [qu]=K W [q]=K`,
  r: `[rr]=R [rh]=R [re]^=ER [r]=R`,
  s: `[sch]=SH [sh]=SH [ssion]=SH AH N V[sion]=ZH AH N [sion]=SH AH N V[sure]=ZH ER [ssure]=SH ER [ss]=S [sc]F=S ^[s]=S V[s]V=Z V[se]^=Z [sm]^=Z AH M p[s]^=S t[s]^=S k[s]^=S f[s]^=S c[s]^=S
    th[s]^=S u[s]^=S i[s]^=S a[s]^=Z e[s]^=Z o[s]^=Z y[s]^=Z b[s]^=Z d[s]^=Z g[s]^=Z l[s]^=Z m[s]^=Z n[s]^=Z r[s]^=Z v[s]^=Z w[s]^=Z [s]=S`,
  t: `[tch]=CH [thm]=DH AH M [the]^=DH [ther]^=DH ER V[th]V=TH [th]=TH [tion]=SH AH N [tious]=SH AH S [tial]=SH AH L [tient]=SH AH N T [tia]=SH AH [ture]=CH ER [tual]=CH UW AH L s[t]le= s[t]en= [tt]=T [t]=T`,
  u: `q[u]= g[u]F= [uou]=UW AH [ui]=UW [uy]=AY [ue]^=UW [ure]=Y UH R [urr]=ER [ur]V=Y UH R [ur]=ER r[u]Ce^=UW l[u]Ce^=UW j[u]Ce^=UW ch[u]Ce^=UW [u]Ce^=Y UW [u]Ced^=Y UW [u]Cing^=Y UW
    [ul]^=AH L [ull]^=UH L [ush]=AH SH [um]^=AH M [us]^=AH S ^[uni]=Y UW N AH ^[un]=AH N ^[up]=AH P ^[u]CV=Y UW r[u]CV=UW l[u]CV=UW s[u]CV=UW [u]CV=Y UW [u]^=UW [u]=AH`,
  v: `[vv]=V [v]=V`,
  w: `^[wh]o=HH ^[wh]=W ^[wr]=R [w]C= [w]^= [w]=W`,
  x: `^[x]=Z ^e[x]V=G Z [xc]F=K S [x]=K S`,
  y: `^[y]=Y [y]Ce^=AY ^C[y]^=AY ^CC[y]^=AY [y]^=IY [y]V=Y [yr]=IH R [y]=IH`,
  z: `[zz]=Z [z]=Z`,
};

interface Rule {
  readonly left: RegExp;
  readonly letters: string;
  readonly right: RegExp;
  readonly phones: readonly Phoneme[];
}

let compiled: Map<string, Rule[]> | null = null;

/**
 * @param word lower-case a-z (other characters are skipped)
 * @returns at least one phone for any word with a letter in it
 */
export function letterToSoundByRules(word: string): Phoneme[] {
  compiled ??= new Map(
    Object.entries(RULES).map(([letter, text]) => [
      letter,
      text
        .trim()
        .split(/\s+(?=[^\s=]*\[)/)
        .map(compile),
    ]),
  );
  const letters = word.toLowerCase().replace(/[^a-z]/g, '');
  const phones: Phoneme[] = [];
  for (let at = 0; at < letters.length;) {
    const before = letters.slice(0, at);
    const rule = compiled
      .get(letters[at])!
      .find(
        (r) => letters.startsWith(r.letters, at) && r.right.test(letters.slice(at + r.letters.length)) && r.left.test(before),
      );
    phones.push(...(rule?.phones ?? []));
    at += rule?.letters.length ?? 1;
  }
  const kept = phones.filter((phone, i) => i === 0 || phone !== phones[i - 1]);
  return kept.length > 0 ? kept : ['AH'];
}

function compile(text: string): Rule {
  const match = /^([^[]*)\[([a-z]+)\]([^=]*)=(.*)$/.exec(text);
  if (match === null) throw new Error(`Broken letter-to-sound rule: ${text}`);
  const [, left, letters, right, phones] = match;
  return {
    left: new RegExp(`${context(left)}$`),
    letters,
    right: new RegExp(`^${context(right).replace(/\^$/, '$')}`),
    phones: phones.trim() === '' ? [] : (phones.trim().split(/\s+/) as Phoneme[]),
  };
}

function context(text: string): string {
  return [...text]
    .map((mark) => ({ V: '[aeiouy]', C: '[bcdfghjklmnpqrstvwxz]', F: '[eiy]', '*': '[aeiouy][a-z]*' })[mark] ?? mark)
    .join('');
}
