import { formsOf } from './english-forms.js';
import { type Complement, type CueVerb, type Lexicon, words } from './lexicon.js';

const CLASSES: readonly (readonly [takes: readonly Complement[], lemmas: string])[] = [
  [
    ['SAY', 'CLAUSE'],
    `say argue claim tweet suggest insist announce concede acknowledge allege contend boast believe hope think
     recommend agree disclose reveal predict retort retweet plead reckon assert warn note worry indicate imply`,
  ],
  [
    ['SAY'],
    `add write report declare explain stated admit recall reiterate reply respond conclude maintain estimate complain
     joke lament observe remark continue exclaim shout confirm emphasize emphasise stress vow promise pledge clarify
     speculate fear caution swear testify recount quip muse opine counter interject proclaim profess reason
     repeat signal theorize underline whisper yell chant affirm answer ask wonder advise comment elaborate hint
     interrupt posit read relate figure guess text deadpan scoff protest cry moan mutter email post deny dispute
     scream bark charge echo snap fume thunder marvel crow gush implore intone`,
  ],
  [['TELL'], 'tell assure remind inform notify persuade warn advise ask caution brief'],
  [
    ['THAT'],
    `know find show learn discover realize realise understand doubt expect rule
     demonstrate charge propose demand mention discuss describe question remember
     assume suspect calculate foresee imagine anticipate regret request stipulate
     notice recognize recognise joke`,
  ],
  [
    ['TO'],
    `want hope plan promise vow refuse decline agree intend seek expect offer propose decide prefer wish desire aim
     claim aspire`,
  ],
  [
    ['OBJECT'],
    `criticize criticise denounce praise blast accuse reject cite defend oppose condemn blame dismiss mock
     slam decry rip assail hail ridicule rebuke applaud laud deride disavow downplay bemoan support
     express voice propose urge describe mention invoke announce suggest acknowledge
     portray envision compare characterize depict brand dub attribute
     advocate approve order accuse rebut refute contradict disparage repudiate renounce claim highlight
     unveil endorse tout reiterate eviscerate reference thank deny challenge
     belittle lambaste lampoon discuss question welcome denounce order estimate emphasize love outline
     berate chide scold stress recall predict estimate`,
  ],
  [['CLAUSE'], 'show fear declare explain conclude recognize recognise'],
  [
    ['OBJECT'],
    `want consider prefer list accept identify remember expose recount credit deem champion retweet
     congratulate encourage`,
  ],
  [['TO'], 'threaten'],
  [['QUOTE'], 'call label term want read title sign display'],
  [['SEEM'], 'seem appear'],
];

const PARTICLES: Readonly<Record<string, string>> = {
  call: 'for on',
  refer: 'to',
  talk: 'about',
  speak: 'about of out',
  complain: 'about of',
  warn: 'of against about',
  object: 'to',
  agree: 'with on to',
  disagree: 'with',
  argue: 'for against',
  allude: 'to',
  hint: 'at',
  boast: 'of about',
  brag: 'about',
  rail: 'against',
  lash: 'out',
  push: 'for',
  lobby: 'for',
  advocate: 'for',
  apologize: 'for',
  apologise: 'for',
  vouch: 'for',
  approve: 'of',
  disapprove: 'of',
  think: 'of about',
  worry: 'about',
  wonder: 'about',
  comment: 'on',
  elaborate: 'on',
  insist: 'on',
  ask: 'about for',
  joke: 'about',
  scoff: 'at',
  sneer: 'at',
  believe: 'in',
  press: 'for',
  campaign: 'for',
  touch: 'on',
  dream: 'of',
  accuse: 'of',
  weigh: 'in',
  testify: 'about',
  hope: 'for',
  point: 'out to',
  side: 'with',
  balk: 'at',
  sympathize: 'with',
};

/** Forms of verbs that are nouns as well. */
const NOUNS = new Set(
  words(`claim claims report reports promise promises pledge pledges vow vows hope hopes fear fears worry worries
    call calls comment comments complaint question questions attack attacks support supports demand demands estimate
    estimates request requests answer answers post posts text texts tweet tweets email emails joke jokes plan plans
    offer offers attempt attempts desire desires wish wishes aim aims challenge challenges praise blame credit order
    orders quote quotes reference references echo echoes label labels brand brands mention mentions dispute disputes
    favor back backs press pan fire shoot show shows find finds seat respect trust like likes love hate view views
    protest protests cry cries plead note notes charge charges judge judges dream dreams approach warrant regret
    regrets guarantee volunteer volunteers focus push lobby campaign campaigns vote votes object touch need result
    campaign swing state states attempt highlight highlights outline doubt doubts expose witness read knock bash
    advocate advocates guess reason reasons whisper repeat signal signals`),
);

function verbTable(): { verbs: Map<string, CueVerb>; particles: Map<string, Set<string>> } {
  const verbs = new Map<string, CueVerb>();
  const particles = new Map<string, Set<string>>();
  const put = (lemma: string, takes: readonly Complement[]) => {
    for (const { form, isParticiple, isBase } of formsOf(lemma)) {
      const known = verbs.get(form);
      verbs.set(form, {
        takes: new Set([...(known?.takes ?? []), ...takes]),
        isParticiple,
        isBase: isBase && (known?.isBase ?? true),
        isNoun: NOUNS.has(form),
        isDenial: lemma === 'deny' || lemma === 'dispute' || lemma === 'reject' || lemma === 'refute',
      });
    }
  };
  for (const [takes, lemmas] of CLASSES) for (const lemma of words(lemmas)) put(lemma, takes);
  for (const [lemma, all] of Object.entries(PARTICLES)) {
    put(lemma, []);
    for (const { form } of formsOf(lemma)) particles.set(form, new Set(words(all)));
  }
  return { verbs, particles };
}

export const ENGLISH: Lexicon = {
  language: 'en',
  ...verbTable(),
  conjunctions: new Set(words('that whether how why what who when where if which')),
  fillers: new Set(
    words(`has have had also later then never not just even still once already often always again recently repeatedly
      previously earlier first further did does do was is are were been being be n't could would should may might must
      can will 've 's both all simply now only further himself herself themselves itself who've only ever
      famously yesterday today tuesday wednesday thursday friday saturday sunday monday`),
  ),
  boundaries: new Set(
    words(`that which whose whom because although though while when if as since after before but or than where whether
      so until unless what why how once whereas except because despite besides like`),
  ),
  circumstances: new Set(
    words(`in on at during before after to by from with while when as last earlier late early yesterday today
      tonight monday tuesday wednesday thursday friday saturday sunday through via over following about of for against
      after ahead amid upon inside outside between again later next shortly recently afterward via
      according under without`),
  ),
  pronouns: new Set(words('he she they i we you it one who this these those others some many both')),
  determiners: new Set(
    words(`the a an his her their its our my your this that these those no any some each every of for in with on at by
      from about under into new other more most many several few such own to and or political public recent first last
      latest own strong private early future false repeated personal campaign official additional possible`),
  ),
  auxiliaries: new Set(
    words(`is are was were be been has have had will would could should may might must can do does did won't wouldn't
      couldn't can't isn't wasn't aren't weren't doesn't don't didn't hasn't haven't hadn't he she they i we it there
      he's she's it's they're he'd she'd they'd i'm we're you're`),
  ),
  plain: new Set(
    words(`said says say wrote writes added adds noted notes argued argues explained explains tweeted reported reports
      announced recalled predicted suggested suggests insisted claimed claims contended contends maintained believes
      thinks think believe acknowledged conceded concluded warned observed estimated stated declared told tells
      show shows showed found reveals revealed indicated complained promised vowed hopes`),
  ),
  relatives: new Set(words('who which that')),
  negations: new Set(
    words(
      "not never n't no nobody neither nor without didn't doesn't don't wouldn't won't hasn't haven't hadn't isn't wasn't can't couldn't",
    ),
  ),
  accordingTo: [['according', 'to'], ['in', 'the', 'words', 'of'], ['per']],
  afterObject: new Set(
    words('while after when because although though since before unless until if despite'),
  ),
};
