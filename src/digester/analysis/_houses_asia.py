"""Houses of Korea, Japan, India, South-East Asia, Oceania, the Middle East and Africa; lines as in `_houses_china`."""

TABLE = """
NAVER | | company | Naver, NAVER Corporation, NAVER Corp, Naver Corp, NAVER AI Lab, NAVER Labs, NAVER LABS Europe, Naver Labs Europe, 네이버 | NAVER Cloud, NAVER Webtoon, WEBTOON, HyperCLOVA, Wattpad, SNOW Corp | navercorp.com, naverlabs.com, webtoonscorp.com
Kakao | | company | Kakao Corp, Kakao Corporation, Kakao Brain, KakaoBrain, 카카오 | KakaoTalk, KakaoBank, Kakao Entertainment, Kakao Mobility, Daum, Kakao Enterprise | kakaocorp.com, kakaobrain.com, kakaoenterprise.com, kakaobank.com, kakaomobility.com
LINE Yahoo | | company | LY Corporation, LINE Corporation, LINE Corp, Yahoo Japan Corporation, Yahoo! Japan, Z Holdings | Yahoo Japan, Yahoo! Japan Research, ~LINE, LINE WORKS, ZOZO, ZOZOTOWN, ZOZO Research, ZOZO Technologies | lycorp.co.jp, linecorp.com, yahoo-corp.jp, zozo.com
Coupang |  | company | Coupang Inc, 쿠팡 | Coupang Eats, Coupang Play | coupang.com
Samsung | 三星 | company | Samsung Electronics, Samsung Research, Samsung Research America, Samsung AI Center, SAIT, Samsung Advanced Institute of Technology, Samsung AI Cambridge, Samsung SDS, Samsung Labs, 三星电子 | SmartThings, Samsung Ads, Harman | samsung.com
LG |  | company | LG Electronics, LG AI Research, LG Uplus, LG CNS, LG Corp | EXAONE Lab | lge.com, lgresearch.ai, lguplus.co.kr, lgcns.com
SK Telecom | SK电讯 | company | SKT, SK Telecom Inc | | sk.com, sktelecom.com
SK hynix | SK海力士 | company | SK Hynix | | skhynix.com
KT Corporation | | company | Korea Telecom | | kt.com
Hyundai | 现代汽车 | company | Hyundai Motor Company, Hyundai Motor Group, 42dot | Kia=起亚 | hyundai.com, 42dot.ai
Krafton |  | company | KRAFTON, KRAFTON Inc, KRAFTON AI | PUBG Studios | krafton.com
NCSOFT | | company | NCSoft, NC AI, NC Research | | ncsoft.com
Nexon | | company | NEXON, NEXON Korea | | nexon.co.kr, nexon.com
Netmarble |  | company | | | netmarble.com
Upstage | | company | Upstage AI | | upstage.ai
Hyperconnect | | company | | ~Azar | hpcnt.com, hyperconnect.com
Woowa Brothers | | company | Baemin, Baedal Minjok, Woowahan Brothers | | woowahan.com
~Toss | | company | Viva Republica | | toss.im
Karrot | | company | Danggeun Market, Daangn, Karrot Market, 당근마켓 | | daangn.com, daangnservice.com
Musinsa | | company | | 29CM | musinsa.com
Furiosa AI | | company | FuriosaAI | | furiosa.ai
Rebellions AI | | company | Rebellions Inc | | rebellions.ai
AIM Intelligence | | company | | | aim-intelligence.com
Theta One AI | | company | | | thetaone.co
Lunit | | company | | | lunit.io
TwelveLabs | | company | Twelve Labs | | twelvelabs.io
maum.ai | | company | maum-ai, MAUM AI | | maum.ai
Rakuten | 乐天 | company | Rakuten Group, Rakuten Institute of Technology, Rakuten Mobile, 楽天 | Rakuten Ichiba=乐天市场, Rakuten Viki, Kobo | rakuten.com
Mercari | | company | Mercari Inc, メルカリ | Merpay | mercari.com
CyberAgent | | company | CyberAgent Inc, CyberAgent AI Lab, サイバーエージェント | ABEMA, AbemaTV | cyberagent.co.jp
DeNA | | company | DeNA Co | Mobage | dena.com, dena.jp
Cookpad | | company | Cookpad Inc | | cookpad.com
~Recruit | 瑞可利 | company | Recruit Holdings, Recruit Co, Megagon Labs, Megagon, リクルート | ~Indeed, Indeed.com, Glassdoor, Hot Pepper Beauty | recruit.co.jp, indeed.com, megagon.ai, glassdoor.com
SmartNews | | company | SmartNews Inc | | smartnews.com
Gunosy | | company | | | gunosy.com
DMM.com | | company | ~DMM | | dmm.com
Sansan | | company | Sansan Inc | | sansan.com
Money Forward | | company | | | moneyforward.co.jp
PayPay | | company | PayPay Corporation | | paypay-corp.co.jp
NTT | 日本电信电话 | company | Nippon Telegraph and Telephone, NTT Corporation, NTT DATA, NTT DOCOMO, NTT Communication Science Laboratories | DOCOMO | ntt.com, nttdata.com, nttdocomo.com, ntt.co.jp
KDDI | | company | KDDI Research, KDDI Corporation | | kddi.com, kddi-research.jp
SoftBank | 软银 | company | SoftBank Group, SoftBank Corp, SB Intuitions | | softbank.co.jp, sbintuitions.co.jp
Sony | 索尼 | company | Sony Group, Sony AI, Sony Research, Sony Corporation, Sony CSL, Sony Group Corporation, Sony Computer Science Laboratories | PlayStation, Sony Interactive Entertainment, Crunchyroll | sony.com
Panasonic | 松下 | company | Panasonic Holdings, Panasonic R&D | | panasonic.com
Hitachi | 日立 | company | Hitachi Ltd, Hitachi Research | | hitachi.com
Toshiba | 东芝 | company | Toshiba Corporation, Toshiba Research Europe | | toshiba.co.jp
Fujitsu | 富士通 | company | Fujitsu Research, Fujitsu Limited, Fujitsu Laboratories | | fujitsu.com
NEC | 日本电气 | company | NEC Corporation, NEC Labs, NEC Laboratories, NEC Laboratories America, NEC Laboratories Europe | | nec.com, nec-labs.com, neclab.eu
Toyota | 丰田 | company | Toyota Research Institute, Toyota Motor, Toyota Motor Corporation | Woven by Toyota | toyota.com, tri.global
~Honda | 本田 | company | Honda Research Institute, Honda R&D | | honda-ri.com, honda-ri.de
OMRON | 欧姆龙 | company | OMRON SINIC X, OMRON Corporation | | sinicx.com
Preferred Networks | | company | Preferred Networks Inc | | preferred.jp
Sakana AI | | company | Sakana.ai | | sakana.ai
Rinna | | company | rinna Co | | rinna.co.jp
Cygames | | company | | | cygames.co.jp
Flipkart | | company | Flipkart Internet, Flipkart Group | Cleartrip, Flipkart Minutes | flipkart.com
Myntra | | company | Myntra Designs | | myntra.com
Meesho | | company | Meesho Inc | | meesho.com
Swiggy | | company | Bundl Technologies | Instamart | swiggy.in
Zomato | | company | Eternal Limited | Blinkit | zomato.com, grofers.com
Zepto | | company | | | zeptonow.com
ShareChat | | company | Mohalla Tech | Moj App | sharechat.co
InMobi | | company | Glance AI, InMobi Technologies, Glance Digital | ~Glance | inmobi.com, glance.com
Dream11 | | company | Dream Sports, Dream11 AI | FanCode | dream11.com, dreamsports.group
MakeMyTrip | | company | | Goibibo | go-mmt.com, makemytrip.com
PhonePe | | company | | | phonepe.com
Paytm | | company | One97 Communications | | paytm.com
Nykaa | | company | | | nykaa.com
Urban Company | | company | UrbanClap | | urbancompany.com
Rapido | | company | | | rapido.bike
Ola Cabs | | company | ANI Technologies | Krutrim | olacabs.com, olakrutrim.com
Reliance Jio | | company | Jio, Jio Platforms, Reliance Industries | JioCinema, JioSaavn, JioHotstar, Hotstar, AJIO | ril.com, jio.com
TCS | 塔塔咨询 | company | Tata Consultancy Services, TCS Research | | tcs.com
Infosys | | company | | | infosys.com
Wipro | | company | | | wipro.com
Fractal AI | | company | Fractal Analytics, Fractal AI Research | | fractal.ai
Lexsi Labs | | company | Lexsi.ai | | lexsi.ai
Sarvam AI | | company | Sarvam | | sarvam.ai
BharatGen | | nonprofit | BharatGen AI | | bharatgen.com
ixigo | | company | | | ixigo.com
redBus | | company | | | redbus.com
BigBasket | | company | | | bigbasket.com
Wadhwani AI | | nonprofit | Wadhwani Institute for Artificial Intelligence | | wadhwaniai.org
~Sea | 冬海集团 | company | Sea Limited, Sea Group, Sea AI Lab, SEA AI Lab | Shopee=虾皮, Shopee Video, ShopeeFood, Shopee Search, Garena=竞舞, shopee-llm-mug team, SeaMoney, Monee | sea.com, shopee.com, seagroup.com, garena.com, monee.com
~Grab | | company | Grab Holdings, GrabTaxi, Grab Taxi, GrabTaxi Holdings, Grab Singapore | GrabFood, GrabMart, OVO Indonesia | grab.com, grabtaxi.com
GoTo | | company | GoTo Group, GoTo Gojek Tokopedia, Gojek, Go-Jek | GoFood, GoPay, Tokopedia | gojek.com, goto.com, tokopedia.com, gotocompany.com
Traveloka | | company | | | traveloka.com
Bukalapak | | company | | | bukalapak.com
Blibli | | company | | | blibli.com
Carousell | | company | | | thecarousell.com
Agoda |  | company | Agoda Services | | agoda.com
VNG | | company | VNG Corporation | Zalo, ZaloPay, Zing MP3 | vng.com.vn
Tiki.vn | | company | Tiki Corporation | | tiki.vn
~FPT | | company | FPT Software, FPT Software AI Center | | fpt.com
VinAI | | company | VinAI Research, VinBigdata, Vingroup | | vinai.io, vinbigdata.com
SCB 10X | | company | | ~Typhoon | scb10x.com
LINE MAN Wongnai | | company | | | lmwn.com
AI Singapore | 新加坡国家人工智能计划 | lab | AISG | SEA-LION Team | aisingapore.org
A*STAR | 新加坡科技研究局 | lab | Agency for Science, Technology and Research, Institute for Infocomm Research, I2R, ASTAR | | a-star.edu.sg
MediaTek | 联发科 | company | MediaTek Research, MediaTek Inc | | mediatek.com, mtkresearch.com
TSMC | 台积电 | company | Taiwan Semiconductor Manufacturing | | tsmc.com
Foxconn | 富士康 | company | Hon Hai, Hon Hai Research Institute | | foxconn.com
Appier |  | company | Appier Inc | | appier.com
KKBOX | | company | KKCompany | | kkbox.com
PChome | 网络家庭 | company | | | pchome.tw
Trend Micro | 趋势科技 | company | | | trendmicro.com
ASUS | 华硕 | company | ASUSTeK | | asus.com
Canva | 可画 | company | Canva Research, Canva Inc | Leonardo.Ai | canva.com
Atlassian | | company | Atlassian Inc | Jira, Trello | atlassian.com
SEEK Limited | | company | SEEK AI, ~SEEK | Jobstreet | seek.com.au
REA Group | | company | | realestate.com.au | rea-group.com
Culture Amp | | company | | | cultureamp.com
Telstra |  | company | | | team.telstra.com
Trade Me | | company | | | trademe.co.nz
Canon | 佳能 | company | Canon Inc | | canon.co.jp
CSIRO | 澳大利亚联邦科学与工业研究组织 | lab | CSIRO's Data61, Data61, CSIRO Data61 | | csiro.au, data61.csiro.au
Isaacus | | company | | | isaacus.com
AI21 Labs | | company | AI21 | | ai21.com
Taboola | | company | Taboola Inc | | taboola.com
Outbrain | | company | Teads, Outbrain Inc | Zemanta | outbrain.com, teads.com, zemanta.com
Wix | | company | Wix.com | | wix.com
Fiverr | | company | | | fiverr.com
Lightricks | | company | | LTX-Video Team | lightricks.com
Payoneer |  | company | | | payoneer.com
ironSource | | company | | Supersonic Studios | ironsrc.com
SimilarWeb | | company | Similarweb | | similarweb.com
Mobileye | | company | | | mobileye.com
Technology Innovation Institute | | lab | TII | Falcon LLM Team | tii.ae
G42 | | company | Inception G42, Core42 | | g42.ai, inceptioniai.org
Careem | | company | | | careem.com
Noon.com | | company | | | noon.com
Talabat | | company | | | talabat.com
Snapp | | company | Snapp Group | Snappfood | snapp.cab
Digikala | | company | | | digikala.com
Divar | | company | | | divar.ir
Aramco | 沙特阿美 | company | Saudi Aramco | | aramco.com
Naspers | | company | Prosus | OLX, OLX Group, PayU, Takealot, iFood | olx.com, ifood.com.br, prosus.com, takealot.com
InstaDeep | | company | | | instadeep.com
Lelapa AI | | company | | | lelapa.ai
"""
