/** Irregular forms of nouns, each before the words that it can be a form of. */
const NOUNS = `
  addenda=addendum algae=alga alumni=alumnus analyses=analysis antennae=antenna antitheses=antithesis appendices=appendix axes=axis+axe
  bacilli=bacillus bacteria=bacterium bases=basis bureaux=bureau buses=bus busses=bus cacti=cactus calves=calf catharses=catharsis children=child codices=codex consortia=consortium
  crises=crisis criteria=criterion curricula=curriculum data=datum diagnoses=diagnosis ellipses=ellipsis emphases=emphasis
  equilibria=equilibrium errata=erratum feet=foot foci=focus formulae=formula fora=forum fungi=fungus gases=gas geese=goose grandchildren=grandchild
  halves=half helices=helix hooves=hoof hypotheses=hypothesis indices=index knives=knife leaves=leaf lives=life loaves=loaf
  loci=locus matrices=matrix memoranda=memorandum men=man metamorphoses=metamorphosis mice=mouse millennia=millennium
  moratoria=moratorium neuroses=neurosis nuclei=nucleus oases=oasis ova=ovum oxen=ox parentheses=parenthesis passersby=passerby phenomena=phenomenon
  plateaux=plateau prognoses=prognosis quanta=quantum quizzes=quiz radii=radius referenda=referendum scarves=scarf selves=self
  shelves=shelf skies=sky spectra=spectrum spies=spy stadia=stadium stimuli=stimulus strata=stratum symposia=symposium syntheses=synthesis
  tableaux=tableau teeth=tooth themselves=self theses=thesis thieves=thief ultimata=ultimatum vertebrae=vertebra vertices=vertex
  vortices=vortex wharves=wharf wives=wife wolves=wolf women=woman`;

/** Irregular forms of verbs that reports use, except those that are mainly other words: `left`, `saw`, `bound`. */
const VERBS = `
  arisen=arise arose=arise ate=eat became=become began=begin begun=begin bought=buy broke=break broken=break brought=bring
  built=build came=come caught=catch chose=choose chosen=choose cried=cry cries=cry dealt=deal died=die dies=die drawn=draw drew=draw driven=drive drove=drive
  dried=dry dries=dry dug=dig dying=die eaten=eat fallen=fall fed=feed fell=fall fled=flee flew=fly flies=fly flown=fly forbade=forbid forbidden=forbid foreseen=foresee
  forgotten=forget fought=fight found=find froze=freeze frozen=freeze gave=give given=give gone=go grew=grow grown=grow
  held=hold hidden=hide hung=hang kept=keep knew=know known=know laid=lay led=lead lent=lend lied=lie lies=lie lost=lose lying=lie made=make met=meet
  outran=outrun overcame=overcome overflew=overfly overflown=overfly overran=overrun oversaw=oversee overseen=oversee
  overshot=overshoot overthrew=overthrow overthrown=overthrow overtook=overtake paid=pay ran=run rebuilt=rebuild ridden=ride
  risen=rise rode=ride rose=rise said=say sank=sink seen=see sent=send shaken=shake shook=shake shot=shoot shown=show
  sold=sell sought=seek sped=speed spent=spend spied=spy spoke=speak spoken=speak spun=spin stole=steal stolen=steal stood=stand
  struck=strike sunk=sink swept=sweep swore=swear sworn=swear taken=take taught=teach thought=think threw=throw thrown=throw tied=tie ties=tie
  told=tell took=take tore=tear torn=tear tried=try tries=try tying=tie undertaken=undertake undertook=undertake understood=understand undone=undo
  upheld=uphold went=go withdrawn=withdraw withdrew=withdraw withheld=withhold withstood=withstand won=win wore=wear worn=wear
  woven=weave written=write wrote=write`;

const WORDS: ReadonlyMap<string, readonly string[]> = new Map(
  `${NOUNS}${VERBS}`
    .trim()
    .split(/\s+/)
    .map((line): [string, readonly string[]] => {
      const [form = '', words = ''] = line.split('=');
      return [form, words.split('+')];
    }),
);

/** `servicemen`, but not `specimen`. */
const MEN = /^(.{2,})men$/;
const NO_MEN =
  /^(?:abdo|acu|bitu|bre|cycla|exa|fora|hy|lu|nu|o|ra|regi|se|speci|sta|turk|turkme|ye)men$|^(?:turk)?menistan$/;

/**
 * Returns the words that an English word is an irregular form of: `crisis` for `crises`, `strike` for `struck`. Of
 * several meanings it returns all: `axes` is a form of `axis` and of `axe`.
 */
export function baseFormsOf(word: string): readonly string[] {
  const known = WORDS.get(word);
  if (known) return known;
  const [, head] = MEN.exec(word) ?? [];
  return head === undefined || NO_MEN.test(word) ? [] : [`${head}man`];
}
