import { type Complement, type CueVerb, type Lexicon, words } from './lexicon.js';

const PAST = ['', 'а', 'о', 'и'];

/** Past stems (without the last `л` ending) and other forms of Russian verbs of saying. */
const SAID = words(
  `сказал заявил сообщил добавил отметил подчеркнул пояснил объяснил рассказал написал ответил уточнил подтвердил
   напомнил предупредил утверждал указал объявил признал предположил отрицал опроверг считал спросил обещал пообещал
   констатировал заверил резюмировал заметил выразил процитировал`,
);
const SAYS = words(
  `говорит говорят заявляет заявляют сообщает сообщают отмечает отмечают считает считают утверждает утверждают пишет
   пишут полагает полагают уверен уверена уверены подчеркивает подчёркивает поясняет указывает отрицает отрицают
   признает ожидает напоминает предупреждает добавляет`,
);
const PARTICIPLES = words(
  'сказав заявив отметив добавив подчеркнув говоря отмечая утверждая сообщив напомнив пояснив указав',
);

function verbTable(): Map<string, CueVerb> {
  const verbs = new Map<string, CueVerb>();
  const takes: ReadonlySet<Complement> = new Set(['SAY']);
  const put = (form: string, isParticiple: boolean) =>
    verbs.set(form, {
      takes,
      isParticiple,
      isBase: false,
      isNoun: false,
      isDenial: /^(?:отриц|опроверг)/.test(form),
    });
  for (const verb of SAID) for (const ending of PAST) put(`${verb}${ending === '' ? '' : ending}`, false);
  for (const form of ['опровергла', 'опровергли', 'опровергает', 'опровергло', ...SAYS]) put(form, false);
  for (const form of PARTICIPLES) put(form, true);
  return verbs;
}

export const RUSSIAN: Lexicon = {
  language: 'ru',
  verbs: verbTable(),
  particles: new Map(),
  conjunctions: new Set(words('что чтобы будто как почему когда где')),
  fillers: new Set(
    words(
      'также уже затем потом позже ранее ещё еще не вновь снова неоднократно тогда сегодня вчера накануне при этом',
    ),
  ),
  boundaries: new Set(
    words('что чтобы который которая которые которого хотя если потому пока чем поскольку так'),
  ),
  circumstances: new Set(
    words(
      'в на во после перед по при о об с со из для во время накануне вчера сегодня журналистам агентству корреспонденту газете телеканалу',
    ),
  ),
  pronouns: new Set(words('он она они я мы')),
  determiners: new Set(),
  auxiliaries: new Set(
    words('был была было были будет будут может могут должен должна должны он она они мы я'),
  ),
  plain: new Set([...SAID.flatMap((verb) => PAST.map((ending) => `${verb}${ending}`)), ...SAYS]),
  relatives: new Set(words('который которая которые')),
  negations: new Set(words('не никогда ни')),
  accordingTo: [
    ['по', 'словам'],
    ['по', 'данным'],
    ['по', 'мнению'],
    ['по', 'информации'],
    ['согласно'],
    ['по', 'утверждению'],
    ['по', 'оценке'],
    ['по', 'оценкам'],
  ],
  afterObject: new Set(words('после пока когда потому хотя если')),
};
