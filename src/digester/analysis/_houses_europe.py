"""Houses of Europe and Russia; lines as in `_houses_china`."""

TABLE = """
Spotify | | company | Spotify Research, Spotify AB, Spotify Inc, Spotify USA | Spotify Ads, Spotify Podcasts, Anchor FM | spotify.com
Criteo | | company | Criteo AI Lab, Criteo Research, Criteo SA | Criteo Ads | criteo.com
Deezer | | company | Deezer Research, Deezer SA | | deezer.com
Zalando | | company | Zalando SE, Zalando Research | About You | zalando.de, zalando.com, aboutyou.com
Otto Group | 奥托集团 | company | OTTO GmbH, ~OTTO | Otto.de | otto.de, ottogroup.com
ASOS | | company | ASOS.com, ASOS AI | | asos.com
IKEA | 宜家 | company | IKEA Retail, Ingka Group, Ingka, IKEA Group | | ikea.com, ingka.com, inter.ikea.com
H&M | | company | H&M Group, Hennes & Mauritz | | hm.com
Inditex | | company | | ~Zara | inditex.com
LVMH | 路威酩轩 | company | | Louis Vuitton | lvmh.com
L'Oréal | 欧莱雅 | company | L'Oreal, L’Oréal | ModiFace | loreal.com
Booking.com | 缤客 | company | Booking.com B.V., Booking.Com | | booking.com
Booking Holdings | | company | | Priceline, Kayak.com | bookingholdings.com, priceline.com, kayak.com
GetYourGuide | | company | | | getyourguide.com
Amadeus IT Group | 艾玛迪斯 | company | Amadeus IT | | amadeus.com
BlaBlaCar | | company | | | blablacar.com
Just Eat Takeaway | | company | Just Eat, Takeaway.com, Just Eat Takeaway.com, JustEat | Lieferando | justeattakeaway.com, takeaway.com
Delivery Hero | | company | Delivery Hero SE, DeliveryHero | Foodpanda, Glovo | deliveryhero.com, foodpanda.com, glovoapp.com
~Bolt | | company | Bolt Technology, Bolt.eu | Bolt Food | bolt.eu
Ocado | | company | Ocado Technology, Ocado Group | | ocado.com
Tesco | 乐购 | company | Tesco PLC | dunnhumby | tesco.com, dunnhumby.com
Sainsbury's | | company | J Sainsbury, Sainsbury’s | | sainsburys.co.uk
Marks & Spencer | 玛莎百货 | company | Marks and Spencer | | marks-and-spencer.com
Carrefour | 家乐福 | company | | | carrefour.com
Albert Heijn | | company | Ahold Delhaize, AIRLab Delft | Bol.com==~Bol | ah.nl, bol.com, aholddelhaize.com
Picnic Technologies | | company | ~Picnic, Picnic Supermarkets | | teampicnic.com
Coolblue | | company | | | coolblue.nl
Adevinta | | company | Adevinta ASA | Leboncoin, Marktplaats, Mobile.de | adevinta.com, leboncoin.fr, mobile.de
Schibsted | | company | Schibsted Media | FINN.no, Vend Marketplaces, Aftenposten | schibsted.com, finn.no
Vinted | | company | UAB Vinted, Vinted UAB | | vinted.com
~Allegro | | company | Allegro.pl, Allegro sp. z o.o., ML Research at Allegro.pl, Allegro ML Research | | allegro.pl, allegro.com
Cdiscount | | company | | | cdiscount.com
Veepee | | company | vente-privee | | veepee.com
Leroy Merlin | | company | ADEO | | adeo.com, leroymerlin.fr
Decathlon | 迪卡侬 | company | | | decathlon.com
Back Market | | company | | | backmarket.com
Vestiaire Collective | | company | | | vestiairecollective.com
Farfetch | 发发奇 | company | FARFETCH | | farfetch.com
YOOX Net-a-Porter | | company | YNAP | | ynap.com
Seznam | | company | Seznam.cz | | firma.seznam.cz
Mall Group | | company | | | mall.cz
Recombee | | company | | | recombee.com
Avast | 爱维士 | company | Gen Digital | | avast.com, gendigital.com
Skroutz | | company | | | skroutz.gr
eMAG | | company | | | emag.ro
Hepsiburada | | company | D-Market | | hepsiburada.com
Getir | | company | | | getir.com
Turkcell | | company | | | turkcell.com.tr
NewMind AI | | company | | | newmind.ai
Yandex |  | company | Yandex Research, Yandex LLC, YandexResearch | Yandex Music, Yandex Market, Yandex Search, Yandex Go, Yandex Taxi, Yandex Direct, Yandex Lavka, Kinopoisk | yandex-team.ru, yandex-team.com
Sber | | company | 俄罗斯联邦储蓄银行, Sberbank, Sber AI, Sber AI Lab, SberDevices, SberAI, Sber Robotics Center, Sberbank AI Lab | GigaChat, MegaMarket, Okko, Zvuk, SberMarket | sberbank.ru, sber.ru, sberdevices.ru
T-Bank | | company | T-Tech, Tinkoff, Tinkoff Bank, Tinkoff Research, T-Technologies | | tinkoff.ru, tbank.ru, t-tech.dev
VK | | company | VKontakte, VK Company, AI VK, VK Lab, Mail.ru Group, Mail.Ru Group | VK Video, VK Music, Odnoklassniki, VK Clips | vk.company, vk.team, corp.mail.ru
Avito | | company | Avito.ru, AvitoTech | | avito.ru
Ozon | | company | Ozon Tech, Ozon.ru | | ozon.ru
Wildberries | | company | RWB | | wildberries.ru, rwb.ru
~MTS | | company | MTS AI, MTSAIR, MTS PJSC | | mts.ru, mts.ai
Kaspersky | 卡巴斯基 | company | Kaspersky Lab | | kaspersky.com
HeadHunter | | company | hh.ru | | hh.ru
Cian | | company | | | cian.ru
Raiffeisen Bank | 奥合银行 | company | Raiffeisenbank | | raiffeisen.ru
AIRI | | lab | Artificial Intelligence Research Institute, AIRI Institute | | airi.net
Bank for International Settlements | 国际清算银行 | nonprofit | | | bis.org
Kaspi | | company | Kaspi.kz | | kaspi.kz
Preply | | company | | | preply.com
Grammarly | | company | Superhuman Platform | | grammarly.com
SAP | 思爱普 | company | SAP SE, SAP Labs, SAP AI Research, SAP Research | | sap.com
Siemens | 西门子 | company | Siemens AG, Siemens Technology, Siemens Healthineers | | siemens.com, siemens-healthineers.com
~Bosch | 博世 | company | Robert Bosch, Bosch Research, Bosch Center for Artificial Intelligence, Bosch Center for AI | | bosch.com, de.bosch.com
BMW | 宝马 | company | BMW Group, BMW LLM Research Group | | bmw.de, bmwgroup.com
Mercedes-Benz | 奔驰 | company | Mercedes-Benz AG, Daimler AG | | mercedes-benz.com
Volkswagen | 大众汽车 | company | Volkswagen AG, CARIAD | Audi AG=奥迪, Porsche AG=保时捷 | volkswagen.de
Continental AG | 大陆集团 | company | ContiAI | | continental.com, continental-corporation.com
Volvo Cars | 沃尔沃 | company | | | volvocars.com
Deutsche Telekom | 德国电信 | company | T-Systems, T-Labs | | telekom.de
Deutsche Bahn | 德国铁路 | company | | | deutschebahn.com
ProSiebenSat.1 | | company | ProSiebenSat.1 Media, Joyn GmbH | | prosiebensat1.com, p7s1.net
ARD | | nonprofit | Südwestrundfunk, Bayerischer Rundfunk, SWR Lab | | swr.de, br.de
ZDF | 德国电视二台 | nonprofit | Zweites Deutsches Fernsehen | | zdf.de
BBC | 英国广播公司 | nonprofit | British Broadcasting Corporation, BBC R&D | BBC iPlayer, BBC Sounds | bbc.co.uk
ITV | 英国独立电视台 | company | ITV plc | | itv.com
The Guardian | 卫报 | company | Guardian News & Media | | guardian.co.uk, theguardian.com
Financial Times | 金融时报 | company | | | ft.com
Ekstra Bladet | | company | JP/Politikens Hus, JP/Politikens Media Group | | jppol.dk, eb.dk
Axel Springer | | company | | ~Bild | axelspringer.com
DPG Media | | company | DPG Media Research | | dpgmedia.nl, dpgmedia.be
VRT | | nonprofit | | | vrt.be
~RTL | | company | RTL Nederland, RTL Deutschland, Bertelsmann | Videoland | rtl.nl, bertelsmann.de
Canal+ | | company | Canal Plus | Dailymotion | canal-plus.com, dailymotion.com
TF1 | 法国电视一台 | company | | | tf1.fr
~Orange | | company | Orange Labs, Orange Research, Orange Innovation | | orange.com
Telefónica | 西班牙电信 | company | Telefonica, Telefónica Research, Telefonica Research, Telefónica I+D | | telefonica.com
Vodafone | 沃达丰 | company | | | vodafone.com
Swisscom | 瑞士电信 | company | | | swisscom.com
BT Group | 英国电信 | company | British Telecom, BT Research | | bt.com
Nokia | 诺基亚 | company | Nokia Bell Labs, Bell Labs, Nokia Bell Laboratories | | nokia-bell-labs.com, nokia.com
~Ericsson | 爱立信 | company | Ericsson Research | | ericsson.com
~Philips | 飞利浦 | company | Philips Research | | philips.com
ASML | 阿斯麦 | company | | | asml.com
Thales | 泰雷兹 | company | Thales Group | | thalesgroup.com
Airbus | 空中客车 | company | | | airbus.com
Valeo | 法雷奥 | company | Valeo.ai, valeo.ai | | valeo.com
EDF | 法国电力 | company | EDF R&D, Électricité de France | | edf.fr
TotalEnergies | 道达尔能源 | company | | | totalenergies.com
BNP Paribas | 法国巴黎银行 | company | | | bnpparibas.com
Société Générale | 法国兴业银行 | company | Societe Generale | | socgen.com
AXA | 安盛 | company | AXA Research | | axa.com
Allianz | 安联 | company | | | allianz.com
~ING | 荷兰国际集团 | company | ING Bank, ING Group | | ing.com
Santander | 桑坦德银行 | company | Banco Santander | | santander.com
BBVA | | company | BBVA AI Factory, BBVA Data & Analytics | | bbva.com
CaixaBank | | company | | | caixabank.com
UBS | 瑞银 | company | | | ubs.com
HSBC | 汇丰 | company | | | hsbc.com
Barclays | 巴克莱 | company | | | barclays.com
Revolut | | company | | | revolut.com
Klarna | | company | Klarna Bank | | klarna.com
Adyen | | company | Adyen N.V. | | adyen.com
~Wise | | company | TransferWise | | wise.com
~Roche | 罗氏 | company | F. Hoffmann-La Roche | | roche.com
Novartis | 诺华 | company | | | novartis.com
AstraZeneca | 阿斯利康 | company | | | astrazeneca.com
GSK | 葛兰素史克 | company | GlaxoSmithKline, GSK.ai | | gsk.com
BioNTech | 拜恩泰科 | company | BioNTech SE | | biontech.de
~Bayer | 拜耳 | company | Bayer AG | | bayer.com
Nestlé | 雀巢 | company | Nestle, Nestlé Research | | nestle.com
Unilever | 联合利华 | company | | | unilever.com
Elsevier | 爱思唯尔 | company | RELX | Mendeley, Scopus Team | elsevier.com, relx.com
Springer Nature | 施普林格·自然 | company | | | springernature.com
ResearchGate | | company | ResearchGate GmbH | | researchgate.net
Xing | | company |  New Work SE, XING SE | Kununu | xing.com, new-work.se
StepStone | | company | The Stepstone Group, Stepstone | Totaljobs | stepstone.com, stepstone.de
Jobteaser | | company | JobTeaser | | jobteaser.com
Randstad | 任仕达 | company | Randstad Groep Nederland | | randstad.nl, randstad.com
Scout24 | | company | ImmobilienScout24, ImmoScout24 | | scout24.com
idealo | | company | idealo internet | | idealo.de
Rovio | | company | Rovio Entertainment | | rovio.com
Supercell | 超级细胞 | company | | | supercell.com
Ubisoft | 育碧 | company | Ubisoft La Forge | | ubisoft.com
Paradox Interactive | | company | | | paradoxinteractive.com
Outfit7 | | company | | | outfit7.com
Algolia | | company | | | algolia.com
Sinequa | | company | | | sinequa.com
Zeta Alpha | | company | Zeta Alpha Vector | | zeta-alpha.com
Jina AI | | company | Jina.ai, Jina AI GmbH | | jina.ai
deepset | | company |  | | deepset.ai
Aleph Alpha | | company | Aleph Alpha Research | | aleph-alpha.com
Black Forest Labs | | company | | | blackforestlabs.ai
Stability AI | | company | Stability.ai, StabilityAI | | stability.ai
Mistral AI | | company | Mistral.ai, Mistral AI_ | ~Mistral | mistral.ai
Kyutai | | lab | | | kyutai.org
LightOn | | company | | | lighton.ai
Illuin Technology | | company | ILLUIN Technology | | illuin.tech
H Company | | company | | | hcompany.ai
Nabla Technologies | | company | | | nabla.com
Helsing | | company | | | helsing.ai
Wayve | | company | | | wayve.ai
Synthesia | | company | | | synthesia.io
PolyAI | | company | | | poly-ai.com
Graphcore | 拟未科技 | company | Graphcore Research | | graphcore.ai
~Arm | | company | Arm Ltd, Arm Holdings, ARM Research, Arm Research | | arm.com
Babylon Health | | company | | | babylonhealth.com
Silo AI | | company | Silo.AI | | silo.ai
Multiverse Computing | | company | | | multiversecomputing.com
DeepL | | company | DeepL SE | | deepl.com
Unbabel | | company | | | unbabel.com
Feedzai | | company | | | feedzai.com
OutSystems | | company | | | outsystems.com
Inria | 法国国家信息与自动化研究所 | lab | INRIA, ALMAnaCH | | inria.fr
CNRS | 法国国家科学研究中心 | lab | Centre National de la Recherche Scientifique | | cnrs.fr
~CEA | 法国原子能委员会 | lab | CEA List, CEA-List | | cea.fr
CWI | 荷兰数学与计算机科学研究中心 | lab | Centrum Wiskunde & Informatica | | cwi.nl
TNO | 荷兰应用科学研究组织 | lab | | | tno.nl
Fraunhofer | 弗劳恩霍夫 | lab | Fraunhofer IAIS, Fraunhofer Institute, Fraunhofer HHI | | iais.fraunhofer.de, fraunhofer.de
DFKI | 德国人工智能研究中心 | lab | German Research Center for Artificial Intelligence, German Research Centre for Artificial Intelligence | | dfki.de
Max Planck Society | 马克斯·普朗克学会 | lab | Max Planck Institute, MPI-SWS | | mpi-inf.mpg.de, mpi-sws.org, mpg.de
ISTI-CNR | 意大利国家研究委员会 | lab | National Research Council of Italy | | isti.cnr.it, cnr.it
Fondazione Bruno Kessler | | lab | FBK | | fbk.eu
Barcelona Supercomputing Center | 巴塞罗那超级计算中心 | lab | BSC-CNS | | bsc.es
Eurecat | | lab | | | eurecat.org
SINTEF | | lab | | | sintef.no
Know-Center | | lab | Know Center | | know-center.at
Idiap | | lab | Idiap Research Institute | | idiap.ch
CERN | 欧洲核子研究中心 | lab | | | cern.ch
Alan Turing Institute | 图灵研究所 | lab | The Alan Turing Institute | | turing.ac.uk
SpeakLeash | | nonprofit | | Bielik Team | speakleash.org
"""
