// The demo formulary, ATC groups A to H, as `formulary.ts` reads it: one line for an INN and its ATC code, then one line
// for each strength and form. The four digits in front are part of the GTINs: a new line takes the next free number and
// an old one keeps its own, so that no printed code ever changes its meaning.
//
//   inn | innRu | ATC | class [reimbursed] [unregistered] | brand stem [| innUz where it is not innRu in Latin script]
//     number code form | strength | packs in units, "30/10" where it is blisters of 10 [| routes | unit, else by form]
//
// Behind the class may stand where it lies, "cool", "cold" or "frozen" where not at room temperature, and "release" where
// quality control lets each lot go.

export const medicinesAtoH = `
# Alimentary tract and metabolism
omeprazole | омепразол | A02BC01 | rx reimbursed | Ome
  0001 OMEP20CAP capsule | 20 mg | 14/7 28/7
  0002 OMEP40INJ powder-injection | 40 mg | 5/1 | intravenous
pantoprazole | пантопразол | A02BC02 | rx | Panto
  0003 PANT40TAB tablet-coated | 40 mg | 28/14
esomeprazole | эзомепразол | A02BC05 | rx | Ezo
  0004 ESOM20TAB tablet-coated | 20 mg | 14/7 28/7
rabeprazole | рабепразол | A02BC04 | rx | Rabe
  0005 RABE20TAB tablet-coated | 20 mg | 14/14
famotidine | фамотидин | A02BA03 | rx | Famo
  0006 FAMO40TAB tablet-coated | 40 mg | 20/10
bismuth subcitrate | висмута субцитрат | A02BX05 | otc | Vismu | vismut subsitrat
  0007 BISM120TAB tablet-coated | 120 mg | 56/8 112/8
aluminium hydroxide + magnesium hydroxide | алюминия гидроксид + магния гидроксид | A02AD01 | otc | Alma | aluminiy gidroksid + magniy gidroksid
  0008 ALMG170SUS suspension-oral | 300 mg/100 mg/5 ml | 170
drotaverine | дротаверин | A03AD02 | otc | Drota
  0009 DROT40TAB tablet | 40 mg | 20/10 100
  0010 DROT20INJ solution-injection | 20 mg/ml, 2 ml | 5/1 25/5 | intramuscular,intravenous
mebeverine | мебеверин | A03AA04 | rx | Mebe
  0011 MEBE200CAP capsule-prolonged | 200 mg | 30/10
metoclopramide | метоклопрамид | A03FA01 | rx | Metok
  0012 METC10TAB tablet | 10 mg | 50/10
  0013 METC5INJ solution-injection | 5 mg/ml, 2 ml | 10/5 | intramuscular,intravenous
domperidone | домперидон | A03FA03 | rx | Dompe
  0014 DOMP10TAB tablet-coated | 10 mg | 30/10
ondansetron | ондансетрон | A04AA01 | rx | Onda
  0015 ONDA4TAB tablet-coated | 4 mg | 10/10
  0016 ONDA2INJ solution-injection | 2 mg/ml, 4 ml | 5/1 | intramuscular,intravenous
ursodeoxycholic acid | урсодезоксихолевая кислота | A05AA02 | rx | Urso | ursodezoksixol kislotasi
  0017 URSO250CAP capsule | 250 mg | 50/10 100/10
lactulose | лактулоза | A06AD11 | otc | Laktu
  0018 LACT667SYR syrup | 667 mg/ml | 200 500
bisacodyl | бисакодил | A06AB02 | otc | Bisak
  0019 BISA5TAB tablet-coated | 5 mg | 30/10
  0020 BISA10SUP suppository | 10 mg | 10/5
senna glycosides | сеннозиды A и B | A06AB06 | otc | Senna | senna glikozidlari
  0021 SENN13TAB tablet | 13.5 mg | 20/20
loperamide | лоперамид | A07DA03 | otc | Lope
  0022 LOPE2CAP capsule | 2 mg | 10/10 20/10
nifuroxazide | нифуроксазид | A07AX03 | rx | Nifur
  0023 NIFU200CAP capsule | 200 mg | 14/7
  0024 NIFU220SUS suspension-oral | 220 mg/5 ml | 90
diosmectite | смектит диоктаэдрический | A07BC05 | otc | Smek | dioktaedrik smektit
  0025 SMEC3PWD powder-oral | 3 g | 10/1 30/1
medicinal charcoal | активированный уголь | A07BA01 | otc | Karbo | faollashtirilgan koʻmir
  0026 CHAR250TAB tablet | 250 mg | 10/10 50/10
nystatin | нистатин | A07AA02 | rx | Nista
  0027 NYST500TAB tablet-coated | 500 000 IU | 20/10
pancreatin | панкреатин | A09AA02 | otc | Panka
  0028 PANC10000CAP capsule | 10 000 U | 20/10 50/10
  0029 PANC25000CAP capsule | 25 000 U | 20/10
insulin human, soluble | инсулин растворимый человеческий | A10AB01 | rx reimbursed cold | Insoru | inson eruvchan insulini
  0030 INSR100VIAL solution-injection | 100 IU/ml, 10 ml | 1 | subcutaneous,intravenous | vial
insulin human, isophane | инсулин-изофан человеческий | A10AC01 | rx reimbursed cold | Insofa | inson izofan-insulini
  0031 INSN100VIAL solution-injection | 100 IU/ml, 10 ml | 1 | subcutaneous | vial
  0032 INSN100PEN pen-injection | 100 IU/ml, 3 ml | 5/1
insulin human, biphasic | инсулин двухфазный человеческий | A10AD01 | rx reimbursed cold | Insomi | inson ikki fazali insulini
  0033 INSM30PEN pen-injection | 30/70, 100 IU/ml, 3 ml | 5/1
insulin lispro | инсулин лизпро | A10AB04 | rx reimbursed cold | Lispra
  0034 INSL100PEN pen-injection | 100 IU/ml, 3 ml | 5/1
insulin aspart | инсулин аспарт | A10AB05 | rx reimbursed cold | Aspara
  0035 INSA100PEN pen-injection | 100 IU/ml, 3 ml | 5/1
insulin glargine | инсулин гларгин | A10AE04 | rx reimbursed cold | Glargi
  0036 INSG100PEN pen-injection | 100 IU/ml, 3 ml | 5/1
  0037 INSG300PEN pen-injection | 300 IU/ml, 1.5 ml | 3/1
insulin detemir | инсулин детемир | A10AE05 | rx cold | Detemi
  0038 INSD100PEN pen-injection | 100 IU/ml, 3 ml | 5/1
insulin degludec | инсулин деглудек | A10AE06 | rx cold | Deglu
  0039 INSE100PEN pen-injection | 100 IU/ml, 3 ml | 5/1
metformin | метформин | A10BA02 | rx reimbursed | Metfo
  0040 METF500TAB tablet-coated | 500 mg | 30/10 60/10
  0041 METF850TAB tablet-coated | 850 mg | 30/10 60/10
  0042 METF1000TAB tablet-coated | 1000 mg | 30/10 60/10
  0043 METF500MR tablet-prolonged | 500 mg | 60/15
glibenclamide | глибенкламид | A10BB01 | rx reimbursed | Glibe
  0044 GLIB5TAB tablet | 5 mg | 50/10 120
gliclazide | гликлазид | A10BB09 | rx reimbursed | Glikla
  0045 GLIC30MR tablet-prolonged | 30 mg | 60/15
  0046 GLIC60MR tablet-prolonged | 60 mg | 30/15
glimepiride | глимепирид | A10BB12 | rx reimbursed | Glime
  0047 GLIM2TAB tablet | 2 mg | 30/10
  0048 GLIM4TAB tablet | 4 mg | 30/10
sitagliptin | ситаглиптин | A10BH01 | rx | Sitag
  0049 SITA100TAB tablet-coated | 100 mg | 28/14
vildagliptin | вилдаглиптин | A10BH02 | rx | Vilda
  0050 VILD50TAB tablet | 50 mg | 28/14
dapagliflozin | дапаглифлозин | A10BK01 | rx | Dapa
  0051 DAPA10TAB tablet-coated | 10 mg | 30/10
empagliflozin | эмпаглифлозин | A10BK03 | rx | Empa
  0052 EMPA10TAB tablet-coated | 10 mg | 30/10
metformin + glibenclamide | метформин + глибенкламид | A10BD02 | rx | Metgli
  0053 METGL500TAB tablet-coated | 500 mg/2.5 mg | 30/15
ascorbic acid | аскорбиновая кислота | A11GA01 | otc | Askor | askorbin kislotasi
  0054 ASCO100TAB tablet | 100 mg | 50/10
  0055 ASCO50INJ solution-injection | 50 mg/ml, 2 ml | 10/5 | intramuscular,intravenous
colecalciferol | колекальциферол | A11CC05 | otc | Devit | xolekalsiferol
  0056 COLE15000DRP drops-oral | 15 000 IU/ml | 10
thiamine | тиамин | A11DA01 | rx | Tiam
  0057 THIA50INJ solution-injection | 50 mg/ml, 1 ml | 10/5 | intramuscular
pyridoxine | пиридоксин | A11HA02 | rx | Pirid
  0058 PYRI50INJ solution-injection | 50 mg/ml, 1 ml | 10/5 | intramuscular,intravenous
calcium gluconate | кальция глюконат | A12AA03 | otc | Kalgli | kalsiy glyukonat
  0059 CALG500TAB tablet | 500 mg | 10/10
  0060 CALG100INJ solution-injection | 100 mg/ml, 10 ml | 10/5 | intravenous
zinc sulfate | цинка сульфат | A12CB01 | otc | Sink | rux sulfat
  0061 ZINC20TAB tablet-orodispersible | 20 mg | 20/10
nandrolone | нандролон | A14AB01 | potent | Nandro
  0062 NAND50INJ solution-injection | 50 mg/ml, 1 ml | 1 | intramuscular
nitisinone | нитизинон | A16AX04 | rx unregistered cold | Nitiz
  0063 NITI10CAP capsule | 10 mg | 60
sapropterin | сапроптерин | A16AX07 | rx unregistered | Sapro
  0064 SAPR100TAB tablet | 100 mg | 120
# Blood
warfarin | варфарин | B01AA03 | rx reimbursed | Varfa
  0065 WARF2-5TAB tablet | 2.5 mg | 50/10 100
heparin | гепарин | B01AB01 | rx | Gepa
  0066 HEPA5000VIAL solution-injection | 5000 IU/ml, 5 ml | 5/1 | intravenous,subcutaneous | vial
enoxaparin | эноксапарин | B01AB05 | rx | Enoksa
  0067 ENOX40SYR solution-injection | 40 mg/0.4 ml | 10/2 | subcutaneous | piece
clopidogrel | клопидогрел | B01AC04 | rx reimbursed | Klopi
  0068 CLOP75TAB tablet-coated | 75 mg | 14/14 28/14
acetylsalicylic acid | ацетилсалициловая кислота | B01AC06 | otc reimbursed | Kardas | atsetilsalitsil kislota
  0069 ASA75TAB tablet-coated | 75 mg | 30/10 100
  0070 ASA100TAB tablet-coated | 100 mg | 30/10
ticagrelor | тикагрелор | B01AC24 | rx | Tika
  0071 TICA90TAB tablet-coated | 90 mg | 56/14
dabigatran etexilate | дабигатрана этексилат | B01AE07 | rx | Dabiga | dabigatran eteksilat
  0072 DABI150CAP capsule | 150 mg | 30/10 60/10
rivaroxaban | ривароксабан | B01AF01 | rx | Rivar
  0073 RIVA15TAB tablet-coated | 15 mg | 14/14 28/14
  0074 RIVA20TAB tablet-coated | 20 mg | 14/14 28/14
apixaban | апиксабан | B01AF02 | rx | Apiks
  0075 APIX5TAB tablet-coated | 5 mg | 20/10 60/10
tranexamic acid | транексамовая кислота | B02AA02 | rx | Traneks | traneksam kislotasi
  0076 TRAN500TAB tablet-coated | 500 mg | 10/10
  0077 TRAN50INJ solution-injection | 50 mg/ml, 5 ml | 5/1 | intravenous
menadione | менадиона натрия бисульфит | B02BA02 | rx | Mena | menadion natriy bisulfit
  0078 MENA10INJ solution-injection | 10 mg/ml, 1 ml | 10/5 | intramuscular
etamsylate | этамзилат | B02BX01 | rx | Etam
  0079 ETAM125INJ solution-injection | 125 mg/ml, 2 ml | 10/5 | intramuscular,intravenous
ferrous sulfate | железа сульфат | B03AA07 | otc reimbursed | Ferri | temir sulfat
  0080 FERR80MR tablet-prolonged | 80 mg | 30/10
ferric oxide polymaltose complexes | железа (III) гидроксид полимальтозат | B03AB05 | otc | Malto | temir (III) gidroksid polimaltozat
  0081 FEPM50SYR syrup | 50 mg/5 ml | 150
cyanocobalamin | цианокобаламин | B03BA01 | rx | Sianok
  0082 CYAN500INJ solution-injection | 0.5 mg/ml, 1 ml | 10/5 | intramuscular,subcutaneous
folic acid | фолиевая кислота | B03BB01 | otc reimbursed | Foli | foliy kislotasi
  0083 FOLI1TAB tablet | 1 mg | 50/10
  0084 FOLI5TAB tablet | 5 mg | 30/10
glucose | декстроза | B05BA03 | rx | Glyuk | glyukoza
  0085 GLUC5INF solution-infusion | 5 % | 200 500
  0086 GLUC40INJ solution-injection | 40 %, 10 ml | 10/5 | intravenous
sodium chloride | натрия хлорид | B05BB01 | rx | Natrix | natriy xlorid
  0087 NACL09INF solution-infusion | 0.9 % | 200 500
magnesium sulfate | магния сульфат | B05XA05 | rx | Magsul | magniy sulfat
  0088 MGSO250INJ solution-injection | 250 mg/ml, 5 ml | 10/5 | intravenous,intramuscular
# Heart and vessels
digoxin | дигоксин | C01AA05 | rx reimbursed | Digo
  0089 DIGO250TAB tablet | 0.25 mg | 30/10 50/10
propafenone | пропафенон | C01BC03 | rx | Propaf
  0090 PROP150TAB tablet-coated | 150 mg | 40/10
amiodarone | амиодарон | C01BD01 | rx reimbursed | Amio
  0091 AMIO200TAB tablet | 200 mg | 30/10
epinephrine | эпинефрин | C01CA24 | rx cool | Epinef
  0092 EPIN1INJ solution-injection | 1 mg/ml, 1 ml | 5/1 | intramuscular,subcutaneous,intravenous
glyceryl trinitrate | нитроглицерин | C01DA02 | rx reimbursed | Nitrog | nitroglitserin
  0093 GTN500SL tablet-sublingual | 0.5 mg | 40
  0094 GTN400SPR spray-oral | 0.4 mg/dose | 180 | sublingual
isosorbide dinitrate | изосорбида динитрат | C01DA08 | rx reimbursed | Izodi | izosorbid dinitrat
  0095 ISDN10TAB tablet | 10 mg | 50/10
isosorbide mononitrate | изосорбида мононитрат | C01DA14 | rx | Izomo | izosorbid mononitrat
  0096 ISMN40TAB tablet | 40 mg | 30/10
trimetazidine | триметазидин | C01EB15 | rx | Trimet
  0097 TRIM35MR tablet-prolonged | 35 mg | 60/10
ivabradine | ивабрадин | C01EB17 | rx | Ivabra
  0098 IVAB5TAB tablet-coated | 5 mg | 28/14
methyldopa | метилдопа | C02AB01 | rx reimbursed | Dopa
  0099 METH250TAB tablet | 250 mg | 50/10
clonidine | клонидин | C02AC01 | potent | Kloni
  0100 CLON150TAB tablet | 0.15 mg | 50/10
moxonidine | моксонидин | C02AC05 | rx | Mokso
  0101 MOXO200TAB tablet-coated | 0.2 mg | 14/14 28/14
doxazosin | доксазозин | C02CA04 | rx | Doksa
  0102 DOXA4TAB tablet | 4 mg | 30/10
hydrochlorothiazide | гидрохлоротиазид | C03AA03 | rx reimbursed | Gidro
  0103 HCTZ25TAB tablet | 25 mg | 20/10
indapamide | индапамид | C03BA11 | rx reimbursed | Inda
  0104 INDA2-5TAB tablet-coated | 2.5 mg | 30/10
  0105 INDA1-5MR tablet-prolonged | 1.5 mg | 30/10
furosemide | фуросемид | C03CA01 | rx reimbursed | Furos
  0106 FURO40TAB tablet | 40 mg | 50/10
  0107 FURO10INJ solution-injection | 10 mg/ml, 2 ml | 10/5 | intravenous,intramuscular
torasemide | торасемид | C03CA04 | rx reimbursed | Toras
  0108 TORA5TAB tablet | 5 mg | 30/10
  0109 TORA10TAB tablet | 10 mg | 30/10
spironolactone | спиронолактон | C03DA01 | rx reimbursed | Spiro
  0110 SPIR25TAB tablet-coated | 25 mg | 20/10
  0111 SPIR50CAP capsule | 50 mg | 30/10
pentoxifylline | пентоксифиллин | C04AD03 | rx | Pentok
  0112 PENT400MR tablet-prolonged | 400 mg | 20/10
  0113 PENT20INJ solution-injection | 20 mg/ml, 5 ml | 5/1 | intravenous
propranolol | пропранолол | C07AA05 | rx | Propra
  0114 PRNL40TAB tablet | 40 mg | 50/10
metoprolol | метопролол | C07AB02 | rx reimbursed | Metop
  0115 METP50TAB tablet | 50 mg | 30/10
  0116 METP100MR tablet-prolonged | 100 mg | 30/10
atenolol | атенолол | C07AB03 | rx | Aten
  0117 ATEN50TAB tablet | 50 mg | 30/10
bisoprolol | бисопролол | C07AB07 | rx reimbursed | Biso
  0118 BISO2-5TAB tablet-coated | 2.5 mg | 30/10
  0119 BISO5TAB tablet-coated | 5 mg | 30/10 60/10
  0120 BISO10TAB tablet-coated | 10 mg | 30/10
nebivolol | небиволол | C07AB12 | rx | Nebi
  0121 NEBI5TAB tablet | 5 mg | 28/14
carvedilol | карведилол | C07AG02 | rx reimbursed | Karve
  0122 CARV12-5TAB tablet | 12.5 mg | 30/10
amlodipine | амлодипин | C08CA01 | rx reimbursed | Amlo
  0123 AMLO5TAB tablet | 5 mg | 30/10 60/10
  0124 AMLO10TAB tablet | 10 mg | 30/10
nifedipine | нифедипин | C08CA05 | rx | Nifed
  0125 NIFE10TAB tablet-coated | 10 mg | 50/10
  0126 NIFE20MR tablet-prolonged | 20 mg | 30/10
verapamil | верапамил | C08DA01 | rx reimbursed | Vera
  0127 VERA40TAB tablet-coated | 40 mg | 50/10
  0128 VERA80TAB tablet-coated | 80 mg | 50/10
diltiazem | дилтиазем | C08DB01 | rx | Dilti
  0129 DILT60TAB tablet | 60 mg | 30/10
captopril | каптоприл | C09AA01 | rx reimbursed | Kapto
  0130 CAPT25TAB tablet | 25 mg | 20/10 40/10
enalapril | эналаприл | C09AA02 | rx reimbursed | Enal
  0131 ENAL5TAB tablet | 5 mg | 20/10
  0132 ENAL10TAB tablet | 10 mg | 20/10 60/10
  0133 ENAL20TAB tablet | 20 mg | 20/10
lisinopril | лизиноприл | C09AA03 | rx reimbursed | Lizi
  0134 LISI10TAB tablet | 10 mg | 30/10
  0135 LISI20TAB tablet | 20 mg | 30/10
perindopril | периндоприл | C09AA04 | rx reimbursed | Perin
  0136 PERI4TAB tablet | 4 mg | 30/10
  0137 PERI8TAB tablet | 8 mg | 30/10
ramipril | рамиприл | C09AA05 | rx | Rami
  0138 RAMI5TAB tablet | 5 mg | 28/14
enalapril + hydrochlorothiazide | эналаприл + гидрохлоротиазид | C09BA02 | rx | Enalgi
  0139 ENAHC10TAB tablet | 10 mg/25 mg | 20/10
perindopril + indapamide | периндоприл + индапамид | C09BA04 | rx | Perinda
  0140 PERIN4TAB tablet | 4 mg/1.25 mg | 30/10
losartan | лозартан | C09CA01 | rx reimbursed | Lozar
  0141 LOSA50TAB tablet-coated | 50 mg | 30/10 60/10
  0142 LOSA100TAB tablet-coated | 100 mg | 30/10
valsartan | валсартан | C09CA03 | rx reimbursed | Valsa
  0143 VALS80TAB tablet-coated | 80 mg | 28/14
  0144 VALS160TAB tablet-coated | 160 mg | 28/14
candesartan | кандесартан | C09CA06 | rx | Kande
  0145 CAND8TAB tablet | 8 mg | 28/14
telmisartan | телмисартан | C09CA07 | rx | Telmi
  0146 TELM80TAB tablet | 80 mg | 28/7
losartan + hydrochlorothiazide | лозартан + гидрохлоротиазид | C09DA01 | rx reimbursed | Lozgi
  0147 LOSHC50TAB tablet-coated | 50 mg/12.5 mg | 30/10
valsartan + amlodipine | валсартан + амлодипин | C09DB01 | rx | Valamlo
  0148 VALAM160TAB tablet-coated | 160 mg/5 mg | 28/14
simvastatin | симвастатин | C10AA01 | rx | Simva
  0149 SIMV20TAB tablet-coated | 20 mg | 28/14
atorvastatin | аторвастатин | C10AA05 | rx reimbursed | Ator
  0150 ATOR10TAB tablet-coated | 10 mg | 30/10
  0151 ATOR20TAB tablet-coated | 20 mg | 30/10 90/10
  0152 ATOR40TAB tablet-coated | 40 mg | 30/10
rosuvastatin | розувастатин | C10AA07 | rx reimbursed | Rozu
  0153 ROSU10TAB tablet-coated | 10 mg | 28/14
  0154 ROSU20TAB tablet-coated | 20 mg | 28/14
fenofibrate | фенофибрат | C10AB05 | rx | Fenof
  0155 FENO145TAB tablet-coated | 145 mg | 30/10
ezetimibe | эзетимиб | C10AX09 | rx | Ezet
  0156 EZET10TAB tablet | 10 mg | 28/14
# Skin
clotrimazole | клотримазол | D01AC01 | otc | Klotri
  0157 CLOT1CRM cream | 1 % | 20
terbinafine | тербинафин | D01AE15 | otc | Terbi
  0158 TERB1CRM cream | 1 % | 15
terbinafine | тербинафин | D01BA02 | rx | Terbi
  0159 TERB250TAB tablet | 250 mg | 14/14
dexpanthenol | декспантенол | D03AX03 | otc | Panten
  0160 DEXP5CRM cream | 5 % | 30
silver sulfadiazine | сульфадиазин серебра | D06BA01 | rx | Sulfar | kumush sulfadiazin
  0161 SILV1CRM cream | 1 % | 40
aciclovir | ацикловир | D06BB03 | otc | Atsik
  0162 ACIC5CRM cream | 5 % | 5 10
fusidic acid | фузидовая кислота | D06AX01 | rx | Fuzi | fuzid kislotasi
  0163 FUSI2CRM cream | 2 % | 15
mupirocin | мупироцин | D06AX09 | rx | Mupir
  0164 MUPI2OIN ointment | 2 % | 15
hydrocortisone | гидрокортизон | D07AA02 | otc | Gidrok
  0165 HYDR1OIN ointment | 1 % | 10
betamethasone | бетаметазон | D07AC01 | rx | Betam
  0166 BETA1CRM cream | 0.1 % | 15 30
mometasone | мометазон | D07AC13 | rx | Momet
  0167 MOME1CRM cream | 0.1 % | 15
adapalene | адапален | D10AD03 | rx | Adapa
  0168 ADAP1GEL gel | 0.1 % | 30
# Genito-urinary system and sex hormones
metronidazole | метронидазол | G01AF01 | rx | Metrov
  0169 METR500PES pessary | 500 mg | 10/5
clotrimazole | клотримазол | G01AF02 | otc | Klotri
  0170 CLOT100PES pessary | 100 mg | 6/6
misoprostol | мизопростол | G02AD06 | rx | Mizo
  0171 MISO200TAB tablet | 0.2 mg | 4
cabergoline | каберголин | G02CB03 | rx | Kaber
  0172 CABE500TAB tablet | 0.5 mg | 8
levonorgestrel + ethinylestradiol | левоноргестрел + этинилэстрадиол | G03AA07 | rx | Levoet
  0173 LEVEE150TAB tablet-coated | 0.15 mg/0.03 mg | 21/21 63/21
drospirenone + ethinylestradiol | дроспиренон + этинилэстрадиол | G03AA12 | rx | Drospi
  0174 DROEE3TAB tablet-coated | 3 mg/0.03 mg | 21/21
levonorgestrel | левоноргестрел | G03AD01 | rx | Levono
  0175 LEVN1-5TAB tablet | 1.5 mg | 1
testosterone | тестостерон | G03BA03 | potent | Testo
  0176 TEST250INJ solution-injection | 250 mg/ml, 1 ml | 5/1 | intramuscular
estradiol | эстрадиол | G03CA03 | rx | Estra
  0177 ESTR2TAB tablet-coated | 2 mg | 28/28
progesterone | прогестерон | G03DA04 | rx | Proges
  0178 PROG200CAP capsule | 200 mg | 14/7 | oral,vaginal
dydrogesterone | дидрогестерон | G03DB01 | rx | Didro
  0179 DYDR10TAB tablet-coated | 10 mg | 20/20
clomifene | кломифен | G03GB02 | rx | Klomi
  0180 CLOM50TAB tablet | 50 mg | 10/10
solifenacin | солифенацин | G04BD08 | rx | Solif
  0181 SOLI5TAB tablet-coated | 5 mg | 30/10
sildenafil | силденафил | G04BE03 | rx | Silde
  0182 SILD50TAB tablet-coated | 50 mg | 4
tamsulosin | тамсулозин | G04CA02 | rx reimbursed | Tams
  0183 TAMS400CAP capsule-prolonged | 0.4 mg | 30/10
finasteride | финастерид | G04CB01 | rx | Finas
  0184 FINA5TAB tablet-coated | 5 mg | 28/14
# Systemic hormones
desmopressin | десмопрессин | H01BA02 | rx reimbursed | Desmo
  0185 DESM200TAB tablet | 0.2 mg | 30
oxytocin | окситоцин | H01BB02 | rx cold | Oksi
  0186 OXYT5INJ solution-injection | 5 IU/ml, 1 ml | 10/5 | intramuscular,intravenous
dexamethasone | дексаметазон | H02AB02 | rx | Deksa
  0187 DEXA500TAB tablet | 0.5 mg | 50/10
  0188 DEXA4INJ solution-injection | 4 mg/ml, 1 ml | 10/5 25/5 | intramuscular,intravenous
methylprednisolone | метилпреднизолон | H02AB04 | rx reimbursed | Metipre
  0189 MPRE4TAB tablet | 4 mg | 30/10
prednisolone | преднизолон | H02AB06 | rx reimbursed | Predni
  0190 PRED5TAB tablet | 5 mg | 100/10
  0191 PRED30INJ solution-injection | 30 mg/ml, 1 ml | 10/5 | intramuscular,intravenous
levothyroxine | левотироксин | H03AA01 | rx reimbursed | Tirok
  0192 LEVT50TAB tablet | 0.05 mg | 50/25 100/25
  0193 LEVT100TAB tablet | 0.1 mg | 50/25 100/25
thiamazole | тиамазол | H03BB02 | rx reimbursed | Tiama
  0194 THIM5TAB tablet | 5 mg | 50/10
  0195 THIM10TAB tablet | 10 mg | 50/10
`;
