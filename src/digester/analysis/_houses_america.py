"""Houses of the Americas that sell, carry, show or connect; makers of models, chips and tools stand in `_houses_technology`."""

TABLE = """
Google | 谷歌 | company | Google Inc, Google LLC, Google Research, Google AI, Alphabet Inc, Google Brain, Google Cloud AI Research | YouTube, YouTube Music, YouTube Shorts, Google DeepMind==DeepMind, Google Cloud=谷歌云, Google Play, Google Ads=谷歌广告, Google Maps=谷歌地图, Google Search=谷歌搜索, Google News, Waymo, ~Waze, Verily, Isomorphic Labs, Google Discover, Google Shopping, Google Photos, DoubleClick, Fitbit, Kaggle | google.com, deepmind.com, youtube.com, waymo.com, verily.com, isomorphiclabs.com
~Meta | | company | Meta AI, Meta Platforms, Meta Platforms Inc, Facebook AI, Facebook AI Research, Meta Research, AI at Meta, Meta FAIR, FAIR at Meta, Meta GenAI, Meta Superintelligence Labs, MetaSuperintelligenceLab, Meta Superintelligence Lab, Meta Reality Labs, Reality Labs, Meta Inc | Facebook=脸书, Instagram, WhatsApp, Facebook Marketplace, Facebook Reels, Instagram Reels, Oculus, Meta Ads, Meta AI for Media Research, ~Threads | meta.com, fb.com, facebook.com, instagram.com, oculus.com
Amazon | 亚马逊 | company | Amazon.com, Amazon Inc, Amazon Science, Amazon Research, Amazon AGI, Amazon Search, Amazon Frontier AI & Robotics, Amazon Robotics, Amazon Lab126, A9.com | AWS=亚马逊云科技=Amazon Web Services=AWS AI Labs=AWS AI, Amazon Music, Prime Video==Amazon Prime Video, Amazon Alexa==Alexa AI=~Alexa, Amazon Ads, Amazon Advertising, Amazon Fresh, Twitch, Audible, Goodreads, IMDb, Zappos, Whole Foods, Amazon Pharmacy | amazon.com, amazon.co.uk, amazon.de, amazon.es, amazon.co.jp, amazon.lu, a2z.com, twitch.tv, audible.com, imdb.com, zappos.com
~Apple | ~苹果 | company | Apple Inc, Apple Machine Learning Research, Apple MLR, 苹果公司 | Apple Music, App Store, Apple News, Apple TV, Apple Maps, Apple Search Ads, ~Siri, Shazam | apple.com
Microsoft | 微软 | company | Microsoft Corporation, Microsoft Research, Microsoft Research Asia, Microsoft AI, MSRA, 微软亚洲研究院, Microsoft STCA, Microsoft Inc | Bing=必应=Microsoft Bing, Bing Ads, Microsoft Ads, Microsoft Advertising, Azure, Microsoft Azure, Xbox, MSN, Microsoft News, Microsoft Start, Microsoft Teams, Microsoft 365, GitHub, GitHub Copilot, Microsoft Store, Skype, Nuance Communications | microsoft.com, github.com
LinkedIn | 领英 | company | LinkedIn Corporation, LinkedIn AI | LinkedIn Feed, LinkedIn Jobs, LinkedIn Learning, LinkedIn Ads | linkedin.com
Netflix | 奈飞 | company | Netflix Inc, Netflix Research, 网飞 | Netflix Games | netflix.com
~Snap | | company | Snap Inc, Snap Research | Snapchat==Snapchat Inc, Snap Ads, Snapchat Spotlight | snap.com, snapchat.com
Pinterest | | company | Pinterest Inc, Pinterest Labs, ATG Pinterest | Pinterest Ads, Pinterest Search, Pinterest Homefeed, Pinterest Shopping | pinterest.com
Twitter | 推特 | company | Twitter Inc, X Corp, Twitter Cortex, X (formerly Twitter) | Twitter Ads | twitter.com
Reddit | | company | Reddit Inc | Reddit Ads | reddit.com
Quora | | company | | | quora.com
~Discord | | company | Discord Inc | | discordapp.com
Tumblr | | company | | | tumblr.com
Nextdoor | | company | Nextdoor Inc | | nextdoor.com
~Bumble | | company | Bumble Inc | Badoo | team.bumble.com
Match Group | | company | Match Group LLC, Match.com | Tinder, OkCupid, Hinge App | gotinder.com, match.com, matchgroup.com
Strava | | company | | | strava.com
Duolingo | 多邻国 | company | | | duolingo.com
Coursera | | company | | | coursera.org
Chegg | | company | | | chegg.com
Quizlet | | company | | | quizlet.com
Khan Academy | 可汗学院 | nonprofit | | | khanacademy.org
Medium Corporation | | company | | | medium.com
Patreon | | company | | | patreon.com
Flipboard | | company | | | flipboard.com
Yahoo | 雅虎 | company | Yahoo Inc, Yahoo!, Yahoo Research, Yahoo Labs, Oath Inc, Verizon Media | Yahoo News, Yahoo Mail, Yahoo Finance, AOL, Yahoo Gemini | yahooinc.com, yahoo-inc.com, verizonmedia.com, oath.com
Walmart | 沃尔玛 | company | Walmart Inc, Walmart Labs, WalmartLabs, Walmart Global Tech | Sam's Club=山姆会员店, Walmart.com, Jet.com | walmart.com, walmartlabs.com, samsclub.com
~Target | 塔吉特 | company | Target Corporation, Target Corp, Target Tech, Target.com, Target AI, Target Data Sciences | ~Shipt | target.com
Home Depot | 家得宝 | company | The Home Depot | | homedepot.com
Lowe's | 劳氏 | company | Lowe's Companies, Lowe’s | | lowes.com
Best Buy | 百思买 | company | | | bestbuy.com
Costco | 开市客 | company | | | costco.com
Kroger | 克罗格 | company | The Kroger Co | 84.51° | kroger.com, 8451.com
Albertsons | | company | Albertsons Companies | | albertsons.com
Wayfair | | company | Wayfair Inc, Wayfair LLC | | wayfair.com
Etsy | | company | Etsy Inc | Depop, Reverb.com | etsy.com
eBay | | company | eBay Inc, eBay Research | TCGplayer | ebay.com
Shopify | | company | Shopify Inc | ~Shop App | shopify.com
Instacart | | company | Maplebear, Instacart Inc, Instacart Ads | Caper AI | instacart.com
DoorDash | | company | DoorDash Inc | ~Caviar, Deliveroo, Wolt | doordash.com, deliveroo.com, deliveroo.co.uk, wolt.com
Uber | 优步 | company | Uber Technologies, Uber Inc, Uber AI, Uber AI Labs | Uber Eats==UberEats, Postmates, Drizly | uber.com
Lyft | | company | Lyft Inc | | lyft.com
Airbnb | 爱彼迎 | company | Airbnb Inc | | airbnb.com
Expedia | 亿客行 | company | Expedia Group, Expedia Inc | Hotels.com, Vrbo, Orbitz, trivago, Travelocity | expediagroup.com, expedia.com, trivago.com, hotels.com
TripAdvisor | 猫途鹰 | company | Tripadvisor LLC | Viator, TheFork | tripadvisor.com
~Hopper | | company | Hopper Inc | | hopper.com
Sabre Corporation | | company | Sabre Labs | | sabre.com
Zillow | | company | Zillow Group, Zillow Inc | Trulia, StreetEasy | zillowgroup.com, zillow.com
Redfin | | company | Redfin Corporation | | redfin.com
Realtor.com | | company | Move, Inc. | | realtor.com, move.com
Compass Inc | | company | Compass Real Estate | | compass.com
CarGurus | | company | | | cargurus.com
Carvana | | company | | | carvana.com
Yelp | | company | Yelp Inc | | yelp.com
OpenTable | | company | | | opentable.com
Grubhub | | company |  | | grubhub.com
Gopuff | | company | | | gopuff.com
~Chewy | | company | Chewy Inc, Chewy.com | | chewy.com
Stitch Fix | | company | StitchFix | | stitchfix.com
Poshmark | | company | | | poshmark.com
OfferUp | | company | | | offerup.com
~Wish | | company | ContextLogic, Wish Inc | | wish.com, contextlogic.com
~Nordstrom | 诺德斯特龙 | company | | | nordstrom.com
Macy's | 梅西百货 | company | Macy’s, Macys | | macys.com
Sephora | 丝芙兰 | company | | | sephora.com
Nike | 耐克 | company | Nike Inc | | nike.com
Gap Inc. | 盖璞 | company | The Gap Inc | | gap.com
Starbucks | 星巴克 | company | | | starbucks.com
McDonald's | 麦当劳 | company | McDonald’s | Dynamic Yield | mcdonalds.com, dynamicyield.com
Procter & Gamble | 宝洁 | company | P&G | | pg.com
Disney | 迪士尼 | company | Walt Disney, The Walt Disney Company, Disney Research, Disney Research Studios, Disney Streaming | Disney+, Hulu, ESPN, Pixar | disney.com, disneyresearch.com, disneystreaming.com, hulu.com
Comcast | 康卡斯特 | company | Comcast Applied AI, Comcast AI, NBCUniversal, NBC Universal | Xfinity, Peacock TV, FreeWheel, Sky UK | comcast.com, nbcuni.com, freewheel.com
Warner Bros. Discovery | 华纳兄弟探索 | company | WarnerMedia, Warner Bros. | HBO, HBO Max | wbd.com, warnermedia.com
~Paramount | 派拉蒙 | company | ViacomCBS, Paramount Global | Pluto TV, CBS Interactive | paramount.com
Fox Corporation | 福克斯 | company | Fox Corp | Tubi==Tubi TV | tubi.tv, fox.com
Roku | | company | Roku Inc | | roku.com
~Plex | | company | Plex Inc | | plex.tv
Pandora Media | 潘多拉 | company | SiriusXM, Sirius XM | ~Pandora, Stitcher | pandora.com, siriusxm.com
iHeartMedia | | company | iHeartRadio | | iheartmedia.com
SoundCloud |  | company | | | soundcloud.com
Roblox | | company | Roblox Corporation | | roblox.com
Electronic Arts | 艺电 | company | EA SEED, SEED - Electronic Arts | EA Sports | ea.com
Activision Blizzard | 动视暴雪 | company | Activision, Blizzard Entertainment | King Digital, Candy Crush | activision.com, blizzard.com, king.com
Riot Games | 拳头游戏 | company | | | riotgames.com
Epic Games | | company | | Fortnite | epicgames.com
~Valve | | company | Valve Corporation, Valve Software | | valvesoftware.com
~Unity | | company | Unity Technologies, ~Unity Ads, Unity Software | | unity3d.com, unity.com
Zynga | | company | | | zynga.com
Take-Two | | company | Take-Two Interactive | Rockstar Games, 2K Games | take2games.com
AppLovin | | company | | MoPub, ~MAX Mediation | applovin.com
The Trade Desk | | company | Trade Desk | | thetradedesk.com
Magnite | | company | Rubicon Project | | magnite.com
PubMatic | | company | | | pubmatic.com
Index Exchange | | company | | | indexexchange.com
Moloco | | company | Moloco Inc | | moloco.com
~Liftoff | | company | Liftoff Mobile, Vungle | | liftoff.io
Digital Turbine | | company | | | digitalturbine.com
Quantcast | | company | | | quantcast.com
MediaMath | | company | | | mediamath.com
AppNexus | | company | Xandr | | appnexus.com, xandr.com
Rokt | | company | | | rokt.com
NextRoll | | company | AdRoll | | nextroll.com
StackAdapt | | company | | | stackadapt.com
Viant | | company | Viant Technology | Adelphic | viantinc.com
~Nielsen | 尼尔森 | company | Nielsen Company | Gracenote | nielsen.com
Comscore | | company | | | comscore.com
~Bloomberg | 彭博 | company | Bloomberg LP, Bloomberg L.P., Bloomberg AI | | bloomberg.net
Thomson Reuters | 汤森路透 | company | Thomson Reuters Labs | Reuters=路透社, Westlaw | thomsonreuters.com, tr.com
New York Times | 纽约时报 | company | The New York Times, NYT | | nytimes.com
Washington Post | 华盛顿邮报 | company | The Washington Post | | washpost.com
Globe and Mail | | company | The Globe and Mail | Sophi.io | globeandmail.com
Dow Jones | 道琼斯 | company | | Wall Street Journal=华尔街日报 | dowjones.com, wsj.com
LexisNexis | 律商联讯 | company | | | lexisnexis.com
JPMorgan Chase | 摩根大通 | company | JPMorgan, J.P. Morgan, JP Morgan, JPMorgan AI Research, J.P. Morgan AI Research, JPMorganChase | | jpmorgan.com, jpmchase.com, jpmorganchase.com
Goldman Sachs | 高盛 | company | | | gs.com
Morgan Stanley | 摩根士丹利 | company | | | morganstanley.com
Bank of America | 美国银行 | company | | | bofa.com
Wells Fargo | 富国银行 | company | | | wellsfargo.com
Capital One | 第一资本 | company | CapitalOne | | capitalone.com
American Express | 美国运通 | company | Amex, American Express AI Labs | | aexp.com
~Visa | | company | Visa Inc, Visa Research | | visa.com
Mastercard | 万事达 | company | Mastercard AI Garage | | mastercard.com
PayPal | | company | PayPal Inc | Venmo | paypal.com
~Block | | company | Block Inc, Block, Inc. | Square Inc, ~Square, Cash App, ~Afterpay | block.xyz, squareup.com
~Stripe | | company | Stripe Inc | | stripe.com
~Affirm | | company | Affirm Inc | | affirm.com
Robinhood | 罗宾汉 | company | Robinhood Markets | | robinhood.com
Coinbase | | company | Coinbase Global | | coinbase.com
Intuit | 财捷 | company | Intuit AI Research, Intuit Inc | TurboTax, QuickBooks, Credit Karma, Mailchimp | intuit.com, creditkarma.com
~Fidelity | | company | Fidelity Investments | | fmr.com
BlackRock | 贝莱德 | company | | | blackrock.com
Two Sigma | | company | | | twosigma.com
Verizon | 威瑞森 | company | | | verizon.com
AT&T | 美国电话电报 | company | AT&T Labs, AT&T Labs Research | | att.com, research.att.com
T-Mobile US | | company | T-Mobile USA | | t-mobile.com
Mercado Libre | 美客多 | company | MercadoLibre, Mercado Livre, MercadoLivre, MELI | Mercado Pago | mercadolibre.com, mercadolivre.com
Nubank | | company | Nu Holdings, Nu Bank | | nubank.com.br
Magazine Luiza | | company | Magalu | LuizaLabs | magazineluiza.com.br, luizalabs.com
Globo |  | company | Globo.com, Grupo Globo | Globoplay | g.globo, globo.com
Rappi | | company | | | rappi.com
Despegar | | company | Decolar | | despegar.com
PedidosYa | | company | | | pedidosya.com
Falabella | | company | | | falabella.com
Creditas | | company | | | creditas.com
QuintoAndar | | company | | | quintoandar.com.br
StoneCo | | company | Stone Pagamentos | | stone.com.br
Jusbrasil | | company | JusBrasil | | jusbrasil.com.br
CVS Health | | company | ~CVS | Aetna | cvshealth.com
UnitedHealth | 联合健康 | company | UnitedHealth Group, Optum, Optum AI | | optum.com, uhg.com
Genentech | 基因泰克 | company | Prescient Design | | gene.com
Pfizer | 辉瑞 | company | | | pfizer.com
Zoox | | company | | | zoox.com
~Tesla | 特斯拉 | company | Tesla Motors | | tesla.com
General Motors | 通用汽车 | company | GM R&D | Cruise LLC | gm.com, getcruise.com
~Ford | 福特 | company | Ford Motor Company, Ford Motor | | ford.com
Lockheed Martin | 洛克希德·马丁 | company | | | lmco.com
Boeing | 波音 | company | | | boeing.com
ZipRecruiter | | company | | | ziprecruiter.com
CareerBuilder | | company | | | careerbuilder.com
Eightfold AI | | company | Eightfold | | eightfold.ai
Upwork | | company | | | upwork.com
Dropbox | | company | Dropbox Inc | | dropbox.com
"""
