// The demo formulary, ATC groups J to V, as `formulary.ts` reads it: one line for an INN and its ATC code, then one line
// for each strength and form. The four digits in front are part of the GTINs: a new line takes the next free number and
// an old one keeps its own, so that no printed code ever changes its meaning.
//
//   inn | innRu | ATC | class [reimbursed] [unregistered] | brand stem [| innUz where it is not innRu in Latin script]
//     number code form | strength | packs in units, "30/10" where it is blisters of 10 [| routes | unit, else by form]
//
// Behind the class may stand where it lies, "cool", "cold" or "frozen" where not at room temperature, and "release" where
// quality control lets each lot go.

export const medicinesJtoV = `
# Infections
doxycycline | доксициклин | J01AA02 | rx | Doksi
  0196 DOXY100CAP capsule | 100 mg | 10/10
ampicillin | ампициллин | J01CA01 | rx | Ampi
  0197 AMPI1000INJ powder-injection | 1 g | 1 10/1 | intramuscular,intravenous
amoxicillin | амоксициллин | J01CA04 | rx | Amoksi
  0198 AMOX250CAP capsule | 250 mg | 16/8 20/10
  0199 AMOX500CAP capsule | 500 mg | 16/8 20/10
  0200 AMOX500ODT tablet-orodispersible | 500 mg | 20/5
  0201 AMOX250SUS suspension-oral | 250 mg/5 ml | 60 100
benzylpenicillin | бензилпенициллин | J01CE01 | rx | Benzil
  0202 BPEN1MINJ powder-injection | 1 000 000 IU | 1 10/1 | intramuscular,intravenous
benzathine benzylpenicillin | бензатина бензилпенициллин | J01CE08 | rx reimbursed | Benzat | benzatin benzilpenitsillin
  0203 BENZ1-2MINJ powder-injection | 1 200 000 IU | 1 | intramuscular
amoxicillin + clavulanic acid | амоксициллин + клавулановая кислота | J01CR02 | rx | Amoklav | amoksitsillin + klavulan kislotasi
  0204 AMCL625TAB tablet-coated | 500 mg/125 mg | 14/7 20/5
  0205 AMCL1000TAB tablet-coated | 875 mg/125 mg | 14/7
  0206 AMCL312SUS suspension-oral | 250 mg/62.5 mg/5 ml | 100
cefalexin | цефалексин | J01DB01 | rx | Sefal
  0207 CEFL500CAP capsule | 500 mg | 16/8
cefazolin | цефазолин | J01DB04 | rx | Sefaz
  0208 CEFZ1000INJ powder-injection | 1 g | 1 10/1 | intramuscular,intravenous
cefuroxime | цефуроксим | J01DC02 | rx | Sefur
  0209 CEFU500TAB tablet-coated | 500 mg | 10/10
cefotaxime | цефотаксим | J01DD01 | rx | Sefot
  0210 CEFO1000INJ powder-injection | 1 g | 1 10/1 | intramuscular,intravenous
ceftriaxone | цефтриаксон | J01DD04 | rx | Seftri
  0211 CEFT1000INJ powder-injection | 1 g | 1 10/1 | intramuscular,intravenous
cefixime | цефиксим | J01DD08 | rx | Sefik
  0212 CEFI400CAP capsule | 400 mg | 6/6 10/10
  0213 CEFI100SUS suspension-oral | 100 mg/5 ml | 60
sulfamethoxazole + trimethoprim | сульфаметоксазол + триметоприм | J01EE01 | rx | Trisul
  0214 SXT480TAB tablet | 400 mg/80 mg | 20/10
  0215 SXT240SUS suspension-oral | 200 mg/40 mg/5 ml | 100
erythromycin | эритромицин | J01FA01 | rx | Eritro
  0216 ERYT250TAB tablet-coated | 250 mg | 20/10
clarithromycin | кларитромицин | J01FA09 | rx | Klari
  0217 CLAR500TAB tablet-coated | 500 mg | 14/7
azithromycin | азитромицин | J01FA10 | rx | Azit
  0218 AZIT250CAP capsule | 250 mg | 6/6
  0219 AZIT500TAB tablet-coated | 500 mg | 3/3
  0220 AZIT200SUS suspension-oral | 200 mg/5 ml | 15 30
clindamycin | клиндамицин | J01FF01 | rx | Klinda
  0221 CLIN150CAP capsule | 150 mg | 16/8
gentamicin | гентамицин | J01GB03 | rx | Genta
  0222 GENT40INJ solution-injection | 40 mg/ml, 2 ml | 10/5 | intramuscular,intravenous
amikacin | амикацин | J01GB06 | rx | Amik
  0223 AMIK250INJ solution-injection | 250 mg/ml, 2 ml | 10/5 | intramuscular,intravenous
ofloxacin | офлоксацин | J01MA01 | rx | Oflo
  0224 OFLO200TAB tablet-coated | 200 mg | 10/10
ciprofloxacin | ципрофлоксацин | J01MA02 | rx | Sipro
  0225 CIPR500TAB tablet-coated | 500 mg | 10/10
  0226 CIPR2INF solution-infusion | 2 mg/ml | 100
levofloxacin | левофлоксацин | J01MA12 | rx | Levof
  0227 LEVF500TAB tablet-coated | 500 mg | 5/5 10/5
moxifloxacin | моксифлоксацин | J01MA14 | rx | Moksif
  0228 MOXI400TAB tablet-coated | 400 mg | 5/5
metronidazole | метронидазол | J01XD01 | rx | Metro
  0229 METR5INF solution-infusion | 5 mg/ml | 100
nitrofurantoin | нитрофурантоин | J01XE01 | rx | Nitrof
  0230 NITR100TAB tablet | 100 mg | 20/10
fosfomycin | фосфомицин | J01XX01 | rx | Fosfo
  0231 FOSF3PWD powder-oral | 3 g | 1
linezolid | линезолид | J01XX08 | rx | Linez
  0232 LINE600TAB tablet-coated | 600 mg | 10/10
fluconazole | флуконазол | J02AC01 | rx | Fluko
  0233 FLUC50CAP capsule | 50 mg | 7/7
  0234 FLUC150CAP capsule | 150 mg | 1
itraconazole | итраконазол | J02AC02 | rx | Itra
  0235 ITRA100CAP capsule | 100 mg | 14/7
rifampicin | рифампицин | J04AB02 | rx reimbursed | Rifa
  0236 RIFA150CAP capsule | 150 mg | 100/10
isoniazid | изониазид | J04AC01 | rx reimbursed | Izon
  0237 ISON300TAB tablet | 300 mg | 100/10
pyrazinamide | пиразинамид | J04AK01 | rx reimbursed | Pirazi
  0238 PYRA500TAB tablet | 500 mg | 100/10
ethambutol | этамбутол | J04AK02 | rx reimbursed | Etamb
  0239 ETHA400TAB tablet-coated | 400 mg | 100/10
rifampicin + pyrazinamide + ethambutol + isoniazid | рифампицин + пиразинамид + этамбутол + изониазид | J04AM06 | rx reimbursed | Rifkomb
  0240 RHZE150TAB tablet-coated | 150 mg/400 mg/275 mg/75 mg | 672/28
aciclovir | ацикловир | J05AB01 | rx | Atsik
  0241 ACIC200TAB tablet | 200 mg | 20/10
  0242 ACIC400TAB tablet | 400 mg | 10/10
valaciclovir | валацикловир | J05AB11 | rx | Valats
  0243 VALC500TAB tablet-coated | 500 mg | 10/10 42/6
tenofovir disoproxil | тенофовира дизопроксил | J05AF07 | rx reimbursed | Tenof | tenofovir dizoproksil
  0244 TENO300TAB tablet-coated | 300 mg | 30
oseltamivir | осельтамивир | J05AH02 | rx | Oselt
  0245 OSEL75CAP capsule | 75 mg | 10/10
dolutegravir | долутегравир | J05AJ03 | rx reimbursed | Dolu
  0246 DOLU50TAB tablet-coated | 50 mg | 30
sofosbuvir | софосбувир | J05AP08 | rx reimbursed | Sofos
  0247 SOFO400TAB tablet-coated | 400 mg | 28
lamivudine + tenofovir disoproxil + dolutegravir | ламивудин + тенофовира дизопроксил + долутегравир | J05AR27 | rx reimbursed | Latedo | lamivudin + tenofovir dizoproksil + dolutegravir
  0248 TLD300TAB tablet-coated | 300 mg/300 mg/50 mg | 30 90
# Immunoglobulins and vaccines
human normal immunoglobulin | иммуноглобулин человека нормальный | J06BA02 | rx cold release | Immuno | inson normal immunoglobulini
  0423 IGHN50INF solution-infusion | 50 mg/ml | 50 100
tetanus immunoglobulin | иммуноглобулин противостолбнячный | J06BB02 | rx cold release | Tetan | qoqsholga qarshi immunoglobulin
  0424 IGTE250INJ solution-injection | 250 IU/ml, 1 ml | 1
influenza vaccine | вакцина против гриппа | J07BB02 | rx cold release | Grippo | grippga qarshi vaksina
  0425 VGRI45INJ solution-injection | 45 mcg/0.5 ml | 1 10/1
poliomyelitis vaccine, oral | вакцина против полиомиелита пероральная | J07BF04 | rx frozen release | Polio | poliomiyelitga qarshi oral vaksina
  0426 VPOL10DRO drops-oral | 20 doses, 2 ml | 20 | oral | dose
rabies vaccine | вакцина против бешенства | J07BG01 | rx cold release | Rabi | quturishga qarshi vaksina
  0427 VRAB25INJ powder-injection | 2.5 IU | 1 5/1
# Cancer and immunity
imatinib | иматиниб | L01EA01 | rx reimbursed | Imat
  0249 IMAT400TAB tablet-coated | 400 mg | 30/10
tamoxifen | тамоксифен | L02BA01 | rx reimbursed | Tamok
  0250 TAMO20TAB tablet | 20 mg | 30/10
anastrozole | анастрозол | L02BG03 | rx reimbursed | Anast
  0251 ANAS1TAB tablet-coated | 1 mg | 28/14
tacrolimus | такролимус | L04AD02 | rx reimbursed | Takro
  0252 TACR1CAP capsule | 1 mg | 50/10
azathioprine | азатиоприн | L04AX01 | rx reimbursed | Azati
  0253 AZAT50TAB tablet-coated | 50 mg | 50/10
methotrexate | метотрексат | L04AX03 | rx reimbursed | Metot
  0254 METX2-5TAB tablet | 2.5 mg | 50
# Muscles, joints and bones
diclofenac | диклофенак | M01AB05 | rx | Diklo
  0255 DICL50TAB tablet-coated | 50 mg | 20/10
  0256 DICL100MR tablet-prolonged | 100 mg | 20/10
  0257 DICL25INJ solution-injection | 25 mg/ml, 3 ml | 5/1 10/5 | intramuscular
  0258 DICL50SUP suppository | 50 mg | 10/5
ketorolac | кеторолак | M01AB15 | rx | Ketoro
  0259 KETR10TAB tablet-coated | 10 mg | 20/10
  0260 KETR30INJ solution-injection | 30 mg/ml, 1 ml | 10/5 | intramuscular,intravenous
meloxicam | мелоксикам | M01AC06 | rx | Melok
  0261 MELO7-5TAB tablet | 7.5 mg | 20/10
  0262 MELO15TAB tablet | 15 mg | 20/10
ibuprofen | ибупрофен | M01AE01 | otc | Ibu
  0263 IBUP200TAB tablet-coated | 200 mg | 10/10 20/10
  0264 IBUP400TAB tablet-coated | 400 mg | 10/10 20/10
  0265 IBUP100SUS suspension-oral | 100 mg/5 ml | 100 200
naproxen | напроксен | M01AE02 | rx | Napro
  0266 NAPR250TAB tablet | 250 mg | 30/10
ketoprofen | кетопрофен | M01AE03 | rx | Ketop
  0267 KETP100TAB tablet-coated | 100 mg | 20/10
  0268 KETP50INJ solution-injection | 50 mg/ml, 2 ml | 10/5 | intramuscular,intravenous
celecoxib | целекоксиб | M01AH01 | rx | Selek
  0269 CELE200CAP capsule | 200 mg | 10/10 30/10
rofecoxib | рофекоксиб | M01AH02 | rx unregistered | Rofek
  0270 ROFE25TAB tablet | 25 mg | 14/14
etoricoxib | эторикоксиб | M01AH05 | rx | Etori
  0271 ETOR90TAB tablet-coated | 90 mg | 7/7 28/7
nimesulide | нимесулид | M01AX17 | rx | Nime
  0272 NIME100TAB tablet | 100 mg | 20/10
  0273 NIME100PWD powder-oral | 100 mg | 30/1
ketoprofen | кетопрофен | M02AA10 | otc | Ketop
  0274 KETP2-5GEL gel | 2.5 % | 50
diclofenac | диклофенак | M02AA15 | otc | Diklo
  0275 DICL1GEL gel | 1 % | 40 100
baclofen | баклофен | M03BX01 | rx | Baklo
  0276 BACL10TAB tablet | 10 mg | 50
tizanidine | тизанидин | M03BX02 | rx | Tizan
  0277 TIZA4TAB tablet | 4 mg | 30/10
tolperisone | толперизон | M03BX04 | rx | Tolpe
  0278 TOLP150TAB tablet-coated | 150 mg | 30/10
allopurinol | аллопуринол | M04AA01 | rx reimbursed | Allop
  0279 ALLO100TAB tablet | 100 mg | 50
  0280 ALLO300TAB tablet | 300 mg | 30/10
febuxostat | фебуксостат | M04AA03 | rx | Febuk
  0281 FEBU80TAB tablet-coated | 80 mg | 28/14
colchicine | колхицин | M04AC01 | rx | Kolxi
  0282 COLC1TAB tablet | 1 mg | 20/10
alendronic acid | алендроновая кислота | M05BA04 | rx | Alend | alendron kislotasi
  0283 ALEN70TAB tablet | 70 mg | 4
# Nerves and mind
ketamine | кетамин | N01AX03 | anaesthetic | Ketam
  0284 KETA50INJ solution-injection | 50 mg/ml, 2 ml | 10 | intravenous,intramuscular
propofol | пропофол | N01AX10 | anaesthetic | Propo
  0285 PROP10INJ solution-injection | 10 mg/ml, 20 ml | 5 | intravenous
lidocaine | лидокаин | N01BB02 | rx | Lido
  0286 LIDO20INJ solution-injection | 20 mg/ml, 2 ml | 10/5 | subcutaneous,intramuscular
morphine | морфин | N02AA01 | narcotic reimbursed | Morfi
  0287 MORP10INJ solution-injection | 10 mg/ml, 1 ml | 5/1 | subcutaneous,intramuscular,intravenous
  0288 MORP30MR tablet-prolonged | 30 mg | 20/10
fentanyl | фентанил | N02AB03 | narcotic reimbursed | Fenta
  0289 FENT25PAT patch | 25 mcg/h | 5/1
  0290 FENT50PAT patch | 50 mcg/h | 5/1
codeine + paracetamol | кодеин + парацетамол | N02AJ06 | narcotic | Kodepa
  0291 CODPA30TAB tablet | 30 mg/500 mg | 10/10
tramadol | трамадол | N02AX02 | potent | Trama
  0292 TRAM50CAP capsule | 50 mg | 20/10
  0293 TRAM50INJ solution-injection | 50 mg/ml, 2 ml | 5/1 | intramuscular,intravenous
acetylsalicylic acid | ацетилсалициловая кислота | N02BA01 | otc | Askard | atsetilsalitsil kislota
  0294 ASA500TAB tablet | 500 mg | 10/10 20/10
metamizole sodium | метамизол натрия | N02BB02 | rx | Metam | metamizol natriy
  0295 META500TAB tablet | 500 mg | 10/10 20/10
  0296 META500INJ solution-injection | 500 mg/ml, 2 ml | 10/5 | intramuscular,intravenous
paracetamol | парацетамол | N02BE01 | otc | Para
  0297 PARA500TAB tablet | 500 mg | 10/10 20/10
  0298 PARA120SUS suspension-oral | 120 mg/5 ml | 100
  0299 PARA125SUP suppository | 125 mg | 10/5
  0300 PARA250SUP suppository | 250 mg | 10/5
  0301 PARA10INF solution-infusion | 10 mg/ml | 100
gabapentin | габапентин | N02BF01 | rx | Gaba
  0302 GABA300CAP capsule | 300 mg | 50/10
pregabalin | прегабалин | N02BF02 | potent | Prega
  0303 PREG75CAP capsule | 75 mg | 14/14 56/14
  0304 PREG150CAP capsule | 150 mg | 14/14 56/14
sumatriptan | суматриптан | N02CC01 | rx | Sumat
  0305 SUMA50TAB tablet-coated | 50 mg | 2 6
phenobarbital | фенобарбитал | N03AA02 | psychotropic | Fenob
  0306 PHEN100TAB tablet | 100 mg | 10/10
clonazepam | клоназепам | N03AE01 | psychotropic reimbursed | Klona
  0307 CLNZ2TAB tablet | 2 mg | 30/10
carbamazepine | карбамазепин | N03AF01 | rx reimbursed | Karba
  0308 CARB200TAB tablet | 200 mg | 50/10
  0309 CARB400MR tablet-prolonged | 400 mg | 50/10
valproic acid | вальпроевая кислота | N03AG01 | rx reimbursed | Valpro | valproat kislota
  0310 VALP300MR tablet-prolonged | 300 mg | 100
  0311 VALP500MR tablet-prolonged | 500 mg | 30
  0312 VALP57SYR syrup | 57.64 mg/ml | 150
lamotrigine | ламотриджин | N03AX09 | rx reimbursed | Lamo
  0313 LAMO50TAB tablet | 50 mg | 30/10
  0314 LAMO100TAB tablet | 100 mg | 30/10
topiramate | топирамат | N03AX11 | rx | Topir
  0315 TOPI50TAB tablet-coated | 50 mg | 28/14
levetiracetam | леветирацетам | N03AX14 | rx reimbursed | Leveti
  0316 LEVE500TAB tablet-coated | 500 mg | 30/10 60/10
  0317 LEVE100SOL solution-oral | 100 mg/ml | 300
trihexyphenidyl | тригексифенидил | N04AA01 | potent reimbursed | Trigek
  0318 TRIH2TAB tablet | 2 mg | 50/10
levodopa + carbidopa | леводопа + карбидопа | N04BA02 | rx reimbursed | Levoka
  0319 LECA250TAB tablet | 250 mg/25 mg | 100/10
amantadine | амантадин | N04BB01 | rx | Amanta
  0320 AMAN100TAB tablet-coated | 100 mg | 30/10
pramipexole | прамипексол | N04BC05 | rx reimbursed | Prami
  0321 PRAM1TAB tablet | 1 mg | 30/10
chlorpromazine | хлорпромазин | N05AA01 | potent reimbursed | Xlorpro
  0322 CHLO25INJ solution-injection | 25 mg/ml, 2 ml | 10/5 | intramuscular,intravenous
haloperidol | галоперидол | N05AD01 | potent reimbursed | Galop
  0323 HALO1-5TAB tablet | 1.5 mg | 50/10
  0324 HALO5INJ solution-injection | 5 mg/ml, 1 ml | 10/5 | intramuscular,intravenous
clozapine | клозапин | N05AH02 | potent reimbursed | Kloza
  0325 CLOZ25TAB tablet | 25 mg | 50/10
  0326 CLOZ100TAB tablet | 100 mg | 50/10
olanzapine | оланзапин | N05AH03 | rx reimbursed | Olanza
  0327 OLAN5TAB tablet-coated | 5 mg | 28/7
  0328 OLAN10TAB tablet-coated | 10 mg | 28/7
quetiapine | кветиапин | N05AH04 | rx | Kveti
  0329 QUET100TAB tablet-coated | 100 mg | 60/10
risperidone | рисперидон | N05AX08 | rx reimbursed | Rispe
  0330 RISP2TAB tablet-coated | 2 mg | 20/10
diazepam | диазепам | N05BA01 | psychotropic | Diaze
  0331 DIAZ5TAB tablet | 5 mg | 20/10
  0332 DIAZ5INJ solution-injection | 5 mg/ml, 2 ml | 10/5 | intramuscular,intravenous
lorazepam | лоразепам | N05BA06 | psychotropic | Loraze
  0333 LORZ1TAB tablet | 1 mg | 20/10
alprazolam | алпразолам | N05BA12 | psychotropic | Alpra
  0334 ALPR500TAB tablet | 0.5 mg | 50/10
hydroxyzine | гидроксизин | N05BB01 | rx | Gidrozi
  0335 HYDX25TAB tablet-coated | 25 mg | 25/25
zopiclone | зопиклон | N05CF01 | potent | Zopik
  0336 ZOPI7-5TAB tablet-coated | 7.5 mg | 20/10
zolpidem | золпидем | N05CF02 | psychotropic | Zolpi
  0337 ZOLP10TAB tablet-coated | 10 mg | 20/10
melatonin | мелатонин | N05CH01 | otc | Mela
  0338 MELA3TAB tablet-coated | 3 mg | 30/10
amitriptyline | амитриптилин | N06AA09 | rx reimbursed | Amitri
  0339 AMIT25TAB tablet-coated | 25 mg | 50/10
fluoxetine | флуоксетин | N06AB03 | rx | Fluok
  0340 FLUX20CAP capsule | 20 mg | 20/10
paroxetine | пароксетин | N06AB05 | rx | Parok
  0341 PARO20TAB tablet-coated | 20 mg | 30/10
sertraline | сертралин | N06AB06 | rx reimbursed | Sertra
  0342 SERT50TAB tablet-coated | 50 mg | 28/14
escitalopram | эсциталопрам | N06AB10 | rx | Essita | essitalopram
  0343 ESCI10TAB tablet-coated | 10 mg | 28/14
mirtazapine | миртазапин | N06AX11 | rx | Mirta
  0344 MIRT30TAB tablet-coated | 30 mg | 30/10
venlafaxine | венлафаксин | N06AX16 | rx | Venla
  0345 VENL75CAP capsule-prolonged | 75 mg | 28/14
piracetam | пирацетам | N06BX03 | rx | Pira
  0346 PIRA400CAP capsule | 400 mg | 60/10
  0347 PIRA200INJ solution-injection | 200 mg/ml, 5 ml | 10/5 | intramuscular,intravenous
citicoline | цитиколин | N06BX06 | rx | Siti
  0348 CITI125INJ solution-injection | 125 mg/ml, 4 ml | 5/1 | intramuscular,intravenous
vinpocetine | винпоцетин | N06BX18 | rx | Vinpo
  0349 VINP5TAB tablet | 5 mg | 50/10
donepezil | донепезил | N06DA02 | rx | Done
  0350 DONE10TAB tablet-coated | 10 mg | 28/14
memantine | мемантин | N06DX01 | rx | Meman
  0351 MEMA10TAB tablet-coated | 10 mg | 30/10
neostigmine | неостигмина метилсульфат | N07AA01 | rx | Neost | neostigmin metilsulfat
  0352 NEOS500INJ solution-injection | 0.5 mg/ml, 1 ml | 10/5 | subcutaneous,intramuscular
betahistine | бетагистин | N07CA01 | rx | Betag
  0353 BETH16TAB tablet | 16 mg | 30/10
  0354 BETH24TAB tablet | 24 mg | 20/10 60/20
cinnarizine | циннаризин | N07CA02 | rx | Sinna
  0355 CINN25TAB tablet | 25 mg | 50
# Parasites
metronidazole | метронидазол | P01AB01 | rx | Metro
  0356 METR250TAB tablet | 250 mg | 20/10
  0357 METR500TAB tablet-coated | 500 mg | 20/10
tinidazole | тинидазол | P01AB02 | rx | Tini
  0358 TINI500TAB tablet-coated | 500 mg | 4/4
hydroxychloroquine | гидроксихлорохин | P01BA02 | rx reimbursed | Gidroxl
  0359 HCQ200TAB tablet-coated | 200 mg | 60/10
praziquantel | празиквантел | P02BA01 | rx | Prazi
  0360 PRAZ600TAB tablet-coated | 600 mg | 6/6
mebendazole | мебендазол | P02CA01 | rx | Meben
  0361 MEBN100TAB tablet | 100 mg | 6/6
albendazole | албендазол | P02CA03 | rx | Alben
  0362 ALBE400TAB tablet | 400 mg | 3/3
  0363 ALBE100SUS suspension-oral | 100 mg/5 ml | 20
ivermectin | ивермектин | P02CF01 | rx | Iver
  0364 IVER3TAB tablet | 3 mg | 4/4
permethrin | перметрин | P03AC04 | otc | Perme
  0365 PERM5CRM cream | 5 % | 30
# Breathing
oxymetazoline | оксиметазолин | R01AA05 | otc | Oksim
  0366 OXYM50SPR nasal-spray | 0.05 % | 180
xylometazoline | ксилометазолин | R01AA07 | otc | Ksilo
  0367 XYLO50DRP nasal-drops | 0.05 % | 10
  0368 XYLO100SPR nasal-spray | 0.1 % | 120
fluticasone | флутиказон | R01AD08 | rx | Flutik
  0369 FLUT50SPR nasal-spray | 50 mcg/dose | 120
mometasone | мометазон | R01AD09 | rx | Momet
  0370 MOME50SPR nasal-spray | 50 mcg/dose | 120
amylmetacresol + dichlorobenzyl alcohol | амилметакрезол + дихлорбензиловый спирт | R02AA03 | otc | Amildi | amilmetakrezol + dixlorbenzil spirti
  0371 AMDI1LOZ lozenge | 0.6 mg/1.2 mg | 24/12
benzydamine | бензидамин | R02AX03 | otc | Benzi
  0372 BENZ255SPR spray-oral | 0.255 mg/dose | 176
salbutamol | сальбутамол | R03AC02 | rx reimbursed | Salbu
  0373 SALB100INH inhaler | 100 mcg/dose | 200
  0374 SALB1NEB solution-nebuliser | 1 mg/ml, 2.5 ml | 20/5
salmeterol + fluticasone | салметерол + флутиказон | R03AK06 | rx reimbursed | Salflu
  0375 SAFL250INH inhaler | 25 mcg/250 mcg/dose | 120
  0376 SAFL250DPI inhalation-powder | 50 mcg/250 mcg/dose | 60
formoterol + budesonide | формотерол + будесонид | R03AK07 | rx reimbursed | Forbud
  0377 FOBU160DPI inhalation-powder | 4.5 mcg/160 mcg/dose | 60 120
fenoterol + ipratropium bromide | фенотерол + ипратропия бромид | R03AL01 | rx | Fenip | fenoterol + ipratropiy bromid
  0378 FEIP50INH inhaler | 50 mcg/20 mcg/dose | 200
  0379 FEIP500NEB solution-nebuliser | 0.5 mg/0.25 mg/ml | 20 | inhalation | ml
beclometasone | беклометазон | R03BA01 | rx reimbursed | Beklo
  0380 BECL250INH inhaler | 250 mcg/dose | 200
budesonide | будесонид | R03BA02 | rx reimbursed | Budes
  0381 BUDE250NEB solution-nebuliser | 0.25 mg/ml, 2 ml | 20/5
  0382 BUDE500NEB solution-nebuliser | 0.5 mg/ml, 2 ml | 20/5
ipratropium bromide | ипратропия бромид | R03BB01 | rx | Ipra | ipratropiy bromid
  0383 IPRA20INH inhaler | 20 mcg/dose | 200
tiotropium bromide | тиотропия бромид | R03BB04 | rx reimbursed | Tiotro | tiotropiy bromid
  0384 TIOT18DPI inhalation-powder | 18 mcg | 30/10 | inhalation | capsule
salbutamol | сальбутамол | R03CC02 | rx | Salbu
  0385 SALB2SYR syrup | 2 mg/5 ml | 100 150
theophylline | теофиллин | R03DA04 | rx | Teof
  0386 THEO300MR tablet-prolonged | 300 mg | 50/10
aminophylline | аминофиллин | R03DA05 | rx | Amino
  0387 AMIN24INJ solution-injection | 24 mg/ml, 5 ml | 10/5 | intravenous
montelukast | монтелукаст | R03DC03 | rx | Monte
  0388 MONT5TAB tablet-orodispersible | 5 mg | 28/14
  0389 MONT10TAB tablet-coated | 10 mg | 28/14
acetylcysteine | ацетилцистеин | R05CB01 | otc | Atsis
  0390 ACET200PWD powder-oral | 200 mg | 20/1
bromhexine | бромгексин | R05CB02 | otc | Bromg
  0391 BROM8TAB tablet | 8 mg | 25/25
carbocisteine | карбоцистеин | R05CB03 | otc | Karbos
  0392 CARC250SYR syrup | 250 mg/5 ml | 100
ambroxol | амброксол | R05CB06 | otc | Ambro
  0393 AMBR30TAB tablet | 30 mg | 20/10
  0394 AMBR15SYR syrup | 15 mg/5 ml | 100
  0395 AMBR7-5SOL solution-oral | 7.5 mg/ml | 100 | oral,inhalation
butamirate | бутамират | R05DB13 | otc | Butam
  0396 BUTA7-5SYR syrup | 7.5 mg/5 ml | 150
diphenhydramine | дифенгидрамин | R06AA02 | rx | Difen
  0397 DIPH10INJ solution-injection | 10 mg/ml, 1 ml | 10/5 | intramuscular,intravenous
chloropyramine | хлоропирамин | R06AC03 | otc | Xlorop
  0398 CHLP25TAB tablet | 25 mg | 20/10
  0399 CHLP20INJ solution-injection | 20 mg/ml, 1 ml | 5/1 | intramuscular,intravenous
cetirizine | цетиризин | R06AE07 | otc | Setir
  0400 CETI10TAB tablet-coated | 10 mg | 10/10 30/10
  0401 CETI10DRP drops-oral | 10 mg/ml | 20
loratadine | лоратадин | R06AX13 | otc | Lorat
  0402 LORA10TAB tablet | 10 mg | 10/10 30/10
  0403 LORA1SYR syrup | 1 mg/ml | 100
ketotifen | кетотифен | R06AX17 | rx | Ketot
  0404 KETO1TAB tablet | 1 mg | 30/10
fexofenadine | фексофенадин | R06AX26 | otc | Fekso
  0405 FEXO180TAB tablet-coated | 180 mg | 10/10
desloratadine | дезлоратадин | R06AX27 | otc | Dezlo
  0406 DESL5TAB tablet-coated | 5 mg | 10/10 30/10
ivacaftor | ивакафтор | R07AX02 | rx unregistered | Ivakaf
  0407 IVAC150TAB tablet-coated | 150 mg | 56
# Eyes and ears
chloramphenicol | хлорамфеникол | S01AA01 | otc cool | Xloram
  0408 CHLE25EYE eye-drops | 0.25 % | 10
tetracycline | тетрациклин | S01AA09 | otc cool | Tetra
  0409 TETR1EYO eye-ointment | 1 % | 3 10
tobramycin | тобрамицин | S01AA12 | rx | Tobra
  0410 TOBR3EYE eye-drops | 0.3 % | 5
sulfacetamide | сульфацетамид | S01AB04 | otc cool | Sulfats
  0411 SULF200EYE eye-drops | 20 % | 10
ciprofloxacin | ципрофлоксацин | S01AE03 | rx | Sipro
  0412 CIPR3EYE eye-drops | 0.3 % | 5
dexamethasone | дексаметазон | S01BA01 | rx | Deksa
  0413 DEXA1EYE eye-drops | 0.1 % | 5 10
pilocarpine | пилокарпин | S01EB01 | rx reimbursed | Pilo
  0414 PILO1EYE eye-drops | 1 % | 10
dorzolamide | дорзоламид | S01EC03 | rx reimbursed | Dorzo
  0415 DORZ2EYE eye-drops | 2 % | 5
timolol | тимолол | S01ED01 | rx reimbursed | Timo
  0416 TIMO5EYE eye-drops | 0.5 % | 5 10
latanoprost | латанопрост | S01EE01 | rx reimbursed cold | Lata
  0417 LATA50EYE eye-drops | 0.005 %, 2.5 ml | 80 | ophthalmic | drop
atropine | атропин | S01FA01 | rx | Atro
  0418 ATRO1EYE eye-drops | 1 % | 5
tropicamide | тропикамид | S01FA06 | potent | Tropi
  0419 TROP1EYE eye-drops | 1 % | 10
olopatadine | олопатадин | S01GX09 | rx | Olop
  0420 OLOP1EYE eye-drops | 0.1 % | 5
ciprofloxacin | ципрофлоксацин | S02AA15 | rx | Sipro
  0421 CIPR3EAR ear-drops | 0.3 % | 10
# Antidotes
naloxone | налоксон | V03AB15 | rx | Nalok
  0422 NALO400INJ solution-injection | 0.4 mg/ml, 1 ml | 10/1 | intravenous,intramuscular,subcutaneous
`;
