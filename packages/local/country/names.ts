// Words from which invented people and sites are put together. Each is common by itself; a person is a random
// combination, so that nobody in the demo country is anybody. Names that together make a well-known person are left out.

export const givenNames = {
  male: (
    'Akmal Anvar Asad Aziz Bahodir Baxtiyor Bekzod Botir Davron Dilshod Doniyor Farhod Furqat ' +
    'Gʻayrat Hamid Hasan Husan Jahongir Jamshid Javohir Kamol Komil Laziz Mansur Mirzo Murod Nodir Olim ' +
    'Otabek Oybek Qobil Rahim Ravshan Rustam Sanjar Sardor Sherzod Sobir Ulugʻbek Umid Xurshid Yusuf Zafar Zokir'
  ).split(' '),
  female: (
    'Aziza Barno Charos Dildora Dilfuza Dilnoza Durdona Farangiz Feruza Gavhar Gulbahor Gulchehra Gulnora Guzal ' +
    'Hulkar Intizor Iroda Kamola Komila Lola Madina Mahliyo Malika Maftuna Mohira Munira Nafisa Nargiza Nigora Nilufar ' +
    'Nozima Oydin Oysha Parvina Ranoxon Robiya Saida Sabohat Sevara Shahlo Shoira Surayyo Umida Xosiyat Yulduz Zarina ' +
    'Zebo Ziyoda Zulfiya Zuhra'
  ).split(' '),
} as const;

/** Family names as a man bears them; a woman's ends in -a. */
export const familyNames = (
  'Abdullayev Ahmedov Aliyev Boboyev Davlatov Ergashev Eshonqulov Gʻofurov Hakimov Hamidov Haydarov Ibragimov ' +
  'Ismoilov Joʻrayev Komilov Mahmudov Mamatov Nazarov Normatov Nurmatov Olimov Ortiqov Qodirov Qosimov ' +
  'Rahmatov Rajabov Roʻziyev Sattorov Sharipov Sobirov Sodiqov Toʻrayev Toshpoʻlatov Tursunov Valiyev ' +
  'Xolmatov Xudoyberdiyev Yoʻldoshev Yunusov Yusupov'
).split(' ');

/** Given and family names of visitors, by the country whose passport they hold. */
export const visitors = [
  { sex: 'male', given: ['Emre', 'Murat', 'Kerem'], family: ['Demir', 'Kaya', 'Aydin'] },
  { sex: 'female', given: ['Aigerim', 'Dana', 'Saule'], family: ['Serikova', 'Omarova', 'Bekova'] },
  { sex: 'male', given: ['Jonas', 'Felix', 'Paul'], family: ['Becker', 'Krause', 'Vogel'] },
  { sex: 'female', given: ['Ji-woo', 'Seo-yeon', 'Min-seo'], family: ['Kim', 'Park', 'Choi'] },
] as const;

/** Regions by ISO 3166-2 with their chief town; the capital first, where the demo's main people work. */
export const regionTowns = [
  ['UZ-TK', 'Toshkent'],
  ['UZ-SA', 'Samarqand'],
  ['UZ-AN', 'Andijon'],
  ['UZ-BU', 'Buxoro'],
  ['UZ-FA', 'Fargʻona'],
  ['UZ-JI', 'Jizzax'],
  ['UZ-NG', 'Namangan'],
  ['UZ-NW', 'Navoiy'],
  ['UZ-QA', 'Qarshi'],
  ['UZ-QR', 'Nukus'],
  ['UZ-SI', 'Guliston'],
  ['UZ-SU', 'Termiz'],
  ['UZ-TO', 'Nurafshon'],
  ['UZ-XO', 'Urganch'],
] as const;

export const clinicNames = (
  'Navbahor Chinor Istiqbol Tinchlik Gulzor Oqsuv Bogʻishamol Sarbon Humo Lolazor Doʻstlik Bunyodkor Nurli Tong ' +
  'Koʻhinur Saodat'
).split(' ');
export const pharmacyNames = (
  'Malham Giyoh Yalpiz Naʼmatak Zaʼfaron Moychechak Rayhon Isiriq Arslonquyruq Kiyikoʻt Zirk Anor Behi Jiyda Unabi ' +
  'Tutgul Sunbul Binafsha Nilufar Atirgul Gulxayri Sebarga Maymunjon Qizilmiya Yongʻoq Bodom Pista Archa Terak Majnuntol'
).split(' ');
export const streetNames = 'Bogʻ Chinorli Quyosh Buloq Mevazor Gulobod Oydin Sohil Navroʻz Hosil'.split(' ');
