/**
 * The officials of the data set "resistinua" (CC0), each with the name that it gives its speakers, and the spellings in the
 * English headlines and texts of the same file, counted by hand.
 */
export const OFFICIALS: readonly (readonly string[])[] = [
  ['Андрій Єрмак', 'Andriy Yermak', 'Andriy Ermak'],
  ['Андрій Сибіга', 'Andriy Sybiha', 'Andrii Sibiga'],
  ['Андрій Смирнов', 'Andriy Smyrnov', 'Andriy Smirnov'],
  ['Борис Джонсон', 'Boris Johnson'],
  ['Віталій Кличко', 'Vitaliy Klitschko', 'Vitali Klitschko', 'Vitalii Klychko'],
  [
    'Володимир Зеленський',
    'Volodymyr Zelenskyi',
    'Volodymyr Zelenskyy',
    'Volodymyr Zelensky',
    'Volodymir Zelensky',
  ],
  ['Дарія Зарівна', 'Daria Zarivna'],
  ['Денис Шмигаль', 'Denys Shmyhal', 'Denis Shmygal', 'Denys Shmygal'],
  ['Дмитро Кулеба', 'Dmytro Kuleba'],
  ['Ірина Верещук', 'Iryna Vereshchuk', 'Irina Vereshchuk'],
  ['Кирило Тимошенко', 'Kyrylo Tymoshenko', 'Kirill Tymoshenko'],
  ['Михайло Подоляк', 'Mykhailo Podoliak'],
  ['Михайло Федоров'],
  [
    'Олексій Арестович',
    'Oleksii Arestovych',
    'Oleksiy Arestovych',
    'Alexei Arestovich',
    'Oleksii Arestovich',
  ],
  ['Олексій Дніпров', 'Oleksii Dniprov'],
  ['Олексій Рєзніков', 'Oleksii Reznikov'],
  ['Ростислав Шурма', 'Rostyslav Shurma'],
  ['Сергій Лещенко', 'Serhiy Leshchenko'],
  ['Юлія Свириденко'],
  ['Юлія Соколовська', 'Yulia Sokolovska'],
  // Others that the texts name, with a family name or a first name of somebody above.
  ['Ivan Fedorov'],
  ['Dmytro Tymoshenko'],
  ['Yulia Tymoshenko'],
  ['Olena Zelenska'],
];
