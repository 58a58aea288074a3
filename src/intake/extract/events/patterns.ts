import type { ChangeType, EventType } from '../types.js';

/** Words that say what happened, and the words that must be with them in a clause. */
export interface EventPattern {
  readonly type: EventType;
  /** Verbs and nouns of the act. */
  readonly act: RegExp;
  /** What it is done to. Matched in the clause; a name of the record of `kinds` does as well. */
  readonly object: RegExp | null;
  readonly kinds: readonly string[];
}

const b = (words: string) => new RegExp(`(?<![\\p{L}])(?:${words})(?![\\p{L}])`, 'iu');

const TREATY = b(
  'treat(?:y|ies)|pacts?|agreements?|accords?|conventions?|договор\\p{L}*|соглашени\\p{L}*|конвенци\\p{L}*|ДРСМД',
);
const WEAPON = b(
  'missiles?|launchers?|warheads?|weapons?|bombers?|rockets?|systems?|submarines?|torpedo(?:es)?|ICBMs?|ракет\\p{L}*|комплекс\\p{L}*|оружи\\p{L}*|боеголов\\p{L}*',
);

export const EVENT_PATTERNS: readonly EventPattern[] = [
  {
    type: 'TREATY_ACTION',
    act: b(
      'with(?:draws?|drew|drawn|drawal|drawing)|leaves?|left|leaving|quits?|exit(?:s|ed)?|suspend(?:s|ed|ing)?|suspension|pull(?:s|ed|ing)? out|abandon(?:s|ed|ing)?|sign(?:s|ed|ing)?|ratif(?:y|ies|ied|ication)|denounce[sd]?|accede[sd]?|join(?:s|ed)?|entered into force|вы(?:шл[аи]|шел|ходит|йдет|ход\\p{L}*)|подписал\\p{L}*|приостанов\\p{L}*|ратифицир\\p{L}*|денонсир\\p{L}*',
    ),
    object: TREATY,
    kinds: ['TREATY'],
  },
  {
    type: 'PRODUCTION',
    act: b(
      'produc(?:es?|ed|ing|tion)|manufactur(?:es?|ed|ing)|serial production|производ\\p{L}*|произве\\p{L}*|выпуск\\p{L}*',
    ),
    object: WEAPON,
    kinds: ['WEAPON_SYSTEM'],
  },
  {
    type: 'TEST',
    act: b(
      'tests?|tested|testing|test-(?:fires?|fired|firing|launch\\p{L}*)|flight-test(?:s|ed)?|испыт\\p{L}*',
    ),
    object: WEAPON,
    kinds: ['WEAPON_SYSTEM'],
  },
  {
    type: 'EXERCISE',
    act: b(
      '(?:hold|holds|held|holding|began|begin|begins|started|starts|stage[sd]?|staging|conduct(?:s|ed|ing)?|took part|takes part|провел\\p{L}*|начал\\p{L}*|начинает\\p{L}*|проводит)',
    ),
    object: b('exercises?|drills?|manoeuvres?|maneuvers?|war ?games?|учени\\p{L}*|маневр\\p{L}*'),
    kinds: [],
  },
  {
    type: 'DEPLOYMENT',
    act: b(
      'deploy(?:s|ed|ing)?|deployment of|station(?:s|ed|ing)|moved|sent|arrived|размест\\p{L}*|разверн\\p{L}*|развёрт\\p{L}*|перебро\\p{L}*',
    ),
    object: b(
      'missiles?|launchers?|troops?|forces?|bombers?|brigades?|battalions?|warheads?|weapons?|batter(?:y|ies)|squadrons?|ракет\\p{L}*|войск\\p{L}*|комплекс\\p{L}*|бригад\\p{L}*',
    ),
    kinds: ['WEAPON_SYSTEM'],
  },
  {
    type: 'STRIKE',
    act: b('struck|strikes?|hit|bombed|shelled|нанес\\p{L}* удар\\p{L}*|ударил\\p{L}*|поразил\\p{L}*'),
    object: b(
      'missiles?|drones?|air ?strikes?|base|depot|city|port|plant|ракет\\p{L}*|баз\\p{L}*|склад\\p{L}*',
    ),
    kinds: ['WEAPON_SYSTEM'],
  },
  {
    type: 'NEGOTIATION',
    act: b(
      'resum(?:e|es|ed)|held|hold|began|begin|open(?:s|ed)|met|meets?|conclud(?:es?|ed)|broke off|провел\\p{L}*|возобнов\\p{L}*|начал\\p{L}*',
    ),
    object: b('talks|negotiations?|consultations?|summit|переговор\\p{L}*|консультаци\\p{L}*|саммит\\p{L}*'),
    kinds: [],
  },
];

export const POLICY = b(
  'doctrines?|moratori(?:um|a)|polic(?:y|ies)|posture|strategy|basic principles|guidelines?|concept|доктрин\\p{L}*|моратори\\p{L}*|стратеги\\p{L}*|основ(?:ы|ах) государственной политики|концепци\\p{L}*',
);

export const CHANGE_PATTERNS: readonly { readonly type: ChangeType; readonly act: RegExp }[] = [
  {
    type: 'ABANDONED',
    act: b(
      'abandon(?:s|ed|ing|ment)?|gives? up|gave up|given up|giving up|drop(?:s|ped|ping)?|scrap(?:s|ped)?|lift(?:s|ed)?|end(?:s|ed|ing)?|no longer bound|renounce[sd]?|отказал\\p{L}*|отказыва\\p{L}*|отмен\\p{L}*|сня(?:л|ла|ли|то)',
    ),
  },
  { type: 'SUSPENDED', act: b('suspend(?:s|ed|ing)?|froze|freezes|paus(?:es|ed)|приостан\\p{L}*') },
  {
    type: 'AMENDED',
    act: b(
      'amend(?:s|ed|ing)?|updat(?:es?|ed|ing)|revis(?:es?|ed|ing)|chang(?:es|ed|ing)|rewr(?:ote|itten)|обнов\\p{L}*|измен\\p{L}*|уточн\\p{L}*',
    ),
  },
  {
    type: 'REAFFIRMED',
    act: b('reaffirm(?:s|ed)?|extend(?:s|ed)?|prolong(?:s|ed)?|renew(?:s|ed)?|подтверд\\p{L}*|продл\\p{L}*'),
  },
  {
    type: 'ADOPTED',
    act: b(
      'adopt(?:s|ed|ing)?|approv(?:es?|ed|ing)|introduc(?:es?|ed)|announc(?:es?|ed)|declar(?:es?|ed)|proclaim(?:s|ed)?|in place|observ(?:es?|ed|ing)|sign(?:s|ed)|утверд\\p{L}*|прин(?:ял|яла|яли|ят|ята)|объяв\\p{L}*|ввел\\p{L}*',
    ),
  },
];
