"""Houses of China. A line is: name | Chinese name | kind | other names | brands (English=Chinese) | mail hosts.

`~` marks what is also a word of the language. See `houses` for what the columns mean.
"""

TABLE = """
Alibaba | 阿里巴巴 | company | Alibaba Group, Alibaba.com, Alibaba Inc, ~阿里, 阿里集团, Alibaba International, AIDC, Alibaba International Digital Commerce, AIDC-AI, alibaba-inc, DAMO Academy, Alibaba DAMO Academy, 达摩院, 阿里达摩院 | Taobao=淘宝, Tmall=天猫, Taobao and Tmall Group=淘天集团=淘天=Taobao & Tmall Group=Taobao and Tmall=Taobao & Tmall=Taobao Tmall Group, AliExpress=速卖通, Alimama=阿里妈妈, Alibaba Cloud=阿里云=Aliyun=Alibaba Cloud Computing, Lazada=来赞达, Ele.me=饿了么, Amap=高德=高德地图=AutoNavi=AMAP-ML=Alibaba AMAP=Alibaba AMAP CV Lab, Cainiao=菜鸟, Xianyu=闲鱼, Fliggy=飞猪, Youku=优酷, Freshippo=盒马=~Hema, 1688.com, DingTalk=钉钉, Taobao Live=淘宝直播, Tongyi=通义, Tongyi Lab=通义实验室=TongyiLab=Tongyi-MAI=Tongyi-ConvAI=Tongyi Laboratory, Qwen=通义千问=千问=Qwen Team, Daraz, Trendyol, UC Browser=UC浏览器, ~Quark=~夸克, Alibaba-NLP, ~Accio, Qwen DianJin | alibaba-inc.com, taobao.com, alibaba.com, tmall.com, lazada.com, alibaba-inc.cn, cainiao.com, ele.me, dingtalk.com, autonavi.com
Ant Group | 蚂蚁集团 | company | Ant Financial, AntGroup, 蚂蚁金服, Ant Research, Ant Digital Technologies, inclusionAI, Robbyant, ~蚂蚁 | Alipay=支付宝, CodeFuse==CodeFuse AI, MYbank=网商银行, Ling Team | antgroup.com, antfin.com, alipay.com, antfin-inc.com
Tencent | 腾讯 | company | Tencent AI Lab, Tencent Holdings, Tencent Inc, 腾讯公司, Tencent PCG, ARC Lab, Tencent ARC Lab, Youtu Lab, Tencent Youtu Lab, 优图实验室, Tencent America | WeChat=微信=Weixin=WeChat AI, WeChat Channels=微信视频号=视频号=Weixin Channels, WeChat Pay=微信支付, Tencent QQ, QQ Browser=QQ浏览器, Tencent Music=腾讯音乐=Tencent Music Entertainment=TME Group, QQ Music=QQ音乐, Kugou Music=酷狗音乐=Kugou=酷狗, Kuwo=酷我, Tencent Video=腾讯视频, Tencent News=腾讯新闻, Tencent Ads=腾讯广告=Tencent Advertising, Tencent Games=腾讯游戏, Tencent Cloud=腾讯云, Tencent Hunyuan=腾讯混元=Hunyuan=混元=Tencent Hunyuan Team, Yuanbao=元宝, Tencent Maps=腾讯地图, WeSing=全民K歌, China Literature=阅文集团 | tencent.com, tencent.com.cn, tencentmusic.com
ByteDance | 字节跳动 | company | Bytedance Inc, ByteDance Research, ByteDance Seed, Seed Team, ByteDance AI Lab, ~字节, 字节跳动科技, Beijing ByteDance | Douyin=抖音=Douyin Group=抖音集团, TikTok, TikTok Shop, Toutiao=今日头条=~头条=Jinri Toutiao, Xigua Video=西瓜视频, Feishu=飞书, ~Lark, CapCut=剪映, Doubao=豆包, Volcano Engine=火山引擎=Volcengine, BytePlus, Pangle=穿山甲, Ocean Engine=巨量引擎, Fanqie Novel=番茄小说=Tomato Novel, Hongguo=红果短剧, Lemon8, Dongchedi=懂车帝, Resso, Qishui Music=汽水音乐 | bytedance.com, tiktok.com, toutiao.com, douyin.com
Kuaishou | 快手 | company | Kuaishou Technology, Kuaishou Inc, 快手科技, Kwai Inc, Kuaishou Visual Generation and Interaction Center, KwaiVGI, Kuaishou Group | Kwai, Kuaishou Lite=快手极速版, Kwaishop=快手电商, Kling=可灵=Kling Team=Kling AI, Kolors=可图=Kolors Team, Keye Team, KwaiPilot, Kuaishou Ads=磁力引擎 | kuaishou.com, kwai.com
Meituan | 美团 | company | Meituan Inc, Meituan-Dianping, Meituan Dianping, 美团点评, 三快, 北京三快, Sankuai | Dianping=大众点评, Meituan Waimai=美团外卖, Keeta, LongCat==LongCat Team=Meituan LongCat Team | meituan.com, dianping.com, sankuai.com
JD.com | 京东 | company | JD, JD Group, 京东集团, Jingdong, JD.com Group, JD Retail, 京东零售, JD AI Research, JD Explore Academy, 京东探索研究院 | JD Logistics=京东物流, JD Health=京东健康, JD Technology=京东科技=JD Digits, JD Finance=京东金融, Dada Nexus=达达, Jingxi=京喜, Joybuy | jd.com, jd.com.cn
Baidu | 百度 | company | Baidu Inc, Baidu Research, 百度公司, BAIDU, ernie-research | Baidu Search=百度搜索, Baidu App=百度App, Baidu Feed, Haokan Video=好看视频, Baidu Maps=百度地图, Baidu Cloud=百度智能云, ERNIE Team, Ernie Bot=文心一言, PaddlePaddle=飞桨, Tieba=贴吧, Apollo Go=萝卜快跑, Fengchao=凤巢, Xiaodu=小度 | baidu.com
Xiaohongshu | 小红书 | company | RedNote, rednote, REDtech, Red Note, 小红书科技, Xiaohongshu Inc, rednote-hilab, hi lab, Xingin | | xiaohongshu.com, xhs.com, rednote.com
Pinduoduo | 拼多多 | company | PDD, PDD Holdings | Temu, Duo Duo Grocery=多多买菜 | pinduoduo.com, pddholdings.com, temu.com
NetEase | 网易 | company | Netease Inc, NetEase Games, 网易公司, NetEase Fuxi AI Lab, Fuxi AI Lab, 网易伏羲 | NetEase Cloud Music=网易云音乐, Youdao=有道, NetEase Yanxuan=网易严选, NetEase News=网易新闻, Cloud Village | corp.netease.com, netease.com, rd.netease.com
Didi | 滴滴 | company | DiDi, Didi Chuxing, 滴滴出行, DiDi Global, DiDi AI Labs, DiDi Inc | | didiglobal.com, didichuxing.com
Huawei | 华为 | company | Huawei Technologies, Noah's Ark Lab, Noah’s Ark Lab, Huawei Noah's Ark Lab, HUAWEI, Noah Ark Lab, 诺亚方舟实验室, 华为技术, Huawei Research, 2012 Laboratories | Huawei Cloud=华为云, HiSilicon=海思, Huawei AppGallery=华为应用市场=AppGallery, Huawei Ads=华为广告, Petal Search=花瓣搜索, HarmonyOS=鸿蒙, Celia=小艺 | huawei.com, huaweicloud.com, h-partners.com
Xiaomi | ~小米 | company | Xiaomi Inc, Xiaomi Research, Xiaomi Corporation, Xiaomi AI Lab, 小米集团, 小米科技 | Xiaomi MiMo==MiMo Team, Xiaomi EV=小米汽车, GetApps | xiaomi.com
OPPO |  | company | OPPO Research Institute, OPPO AI Center, Oppo, OPPO-Personal-AI-Lab, OPPO研究院 | OnePlus=一加, realme=真我, HeyTap=欢太 | oppo.com, heytap.com
~vivo |  | company | vivo AI Lab, Vivo, vivo Mobile Communication, vivo AI Research Institute | vivo Game Center, iQOO | vivo.com
Honor Device | ~荣耀 | company | Honor Device Co, HONOR Device, 荣耀终端 | ~Honor | honor.com, hihonor.com
Bilibili | 哔哩哔哩 | company | bilibili, BILIBILI, B站, Bilibili Inc | | bilibili.com
Weibo | 微博 | company | Sina Weibo, 新浪微博, Weibo Inc, WeiboAI, Sina, Sina Corporation, 新浪 | | staff.weibo.com, staff.sina.com.cn, weibo.com
Zhihu | 知乎 | company | Zhihu Inc | | zhihu.com
iQIYI | 爱奇艺 | company | iQiyi, iQIYI Inc | | qiyi.com, iqiyi.com
Sohu | 搜狐 | company | Sohu.com | Sohu News=搜狐新闻 | sohu-inc.com
Sogou | 搜狗 | company | Sogou Inc | Sogou Input=搜狗输入法 | sogou-inc.com
Qihoo 360 | 奇虎360 | company | 360 AI Research, 360 AI Lab, Qihoo, 奇虎, 三六零, 360 Group, 360集团 | 360 Search=360搜索 | 360.cn
Trip.com | 携程 | company | Ctrip, Trip.com Group, 携程集团, 携程旅行, Ctrip.com | Qunar=去哪儿, Skyscanner=天巡 | trip.com, ctrip.com, qunar.com
Tongcheng Travel | 同程旅行 | company | Tongcheng, Tongcheng-Elong, 同程, LY.com | eLong=艺龙 | ly.com
Tuniu | 途牛 | company | | | tuniu.com
Vipshop | 唯品会 | company | VIP.com | | vipshop.com
Dewu | 得物 | company | Poizon, POIZON, Shihuo, 识货, Shanghai Dewu | | dewu.com, poizon.com, shizhuang-inc.com
Suning | 苏宁 | company | Suning.com, 苏宁易购 | | suning.com
SHEIN | 希音 | company | Shein, SHEIN Group | | shein.com
Mogujie | 蘑菇街 | company | MOGU Inc | | mogu-inc.com
Zhuanzhuan | ~转转 | company | 转转集团 | | zhuanzhuan.com
58.com | 58同城 | company | 58 Group, 58集团 | Anjuke=安居客, Ganji=赶集网 | 58.com
Beike | 贝壳 | company | KE Holdings, Ke.com, 贝壳找房, Lianjia, 链家 | | ke.com, lianjia.com
BOSS Zhipin | BOSS直聘 | company | Boss Zhipin, Kanzhun, 看准 | | kanzhun.com, bosszhipin.com
Liepin | 猎聘 | company | Tongdao Liepin | | liepin.com
Zhaopin | 智联招聘 | company | | | zhaopin.com.cn
Maimai | 脉脉 | company | | | taou.com
~Momo | 陌陌 | company | Hello Group, 挚文集团 | Tantan=探探 | hellogroup.com, immomo.com
Soul App | | company | Soulgate, Soul-AILab, Soul AI Lab | | soulapp.cn
JOYY | 欢聚 | company | YY Inc, 欢聚时代, 欢聚集团 | Bigo==BIGO Technology, Likee, Bigo Live, YY Live=YY直播 | joyy.com, bigo.sg
Huya | 虎牙 | company | Huya Live, HUYA Inc, 虎牙直播 | | huya.com
Douyu | 斗鱼 | company | DouYu, Douyu TV, 斗鱼直播 | | douyu.tv
Ximalaya | 喜马拉雅 | company | Himalaya FM | | ximalaya.com
Lizhi | ~荔枝 | company | Lizhi FM | | lizhi.fm
Qutoutiao | 趣头条 | company | | | qutoutiao.net
Yidian Zixun | 一点资讯 | company | | | yidian-inc.com
Hellobike | 哈啰 | company | HelloRide, 哈啰出行 | | hellobike.com
Lalamove | 货拉拉 | company | Huolala | | huolala.cn, lalamove.com
Full Truck Alliance | 满帮 | company | Manbang, 满帮集团 | | amh-group.com
SF Express | 顺丰 | company | SF Technology, 顺丰科技 | | sf-express.com
Ping An | ~平安 | company | Ping An Technology, 平安科技, 中国平安, Ping An Insurance | OneConnect=金融壹账通, Lufax=陆金所 | pingan.com.cn
WeBank | 微众银行 | company | 微众 | | webank.com
China Merchants Bank | 招商银行 | company | 招行 | | cmbchina.com
ICBC | 工商银行 | company | Industrial and Commercial Bank of China, 中国工商银行, 工银科技 | | icbc.com.cn
Du Xiaoman | 度小满 | company | Du Xiaoman Financial, Du Xiaoman Technology | | duxiaoman.com
Qifu Technology | 奇富科技 | company | Qfin | | qifu.com
Lexin | 乐信 | company | LexinFintech | | lexin.com
China Mobile | 中国移动 | company | China Mobile Research Institute, CMCC, 中移, JIUTIAN Research, JIUTIAN Team | | chinamobile.com
China Telecom | 中国电信 | company | TeleAI, Institute of Artificial Intelligence (TeleAI), China Telecom Artificial Intelligence Technology, 天翼云 | | chinatelecom.cn
China Unicom | 中国联通 | company | 联通 | | chinaunicom.cn
ZTE | 中兴 | company | ZTE Corporation, 中兴通讯 | | zte.com.cn
Lenovo | ~联想 | company | Lenovo Research, 联想集团, 联想研究院 | Motorola Mobility=摩托罗拉移动 | lenovo.com, motorola.com
TCL | | company | TCL科技, TCL Corporate Research, TCL AI Lab | | tcl.com
Hisense | 海信 | company | | Vidaa | hisense.com
Haier | 海尔 | company | Haier Group | | haier.com
Midea | ~美的 | company | Midea Group, 美的集团 | | midea.com
Hikvision | 海康威视 | company | Hikvision Research Institute | | hikvision.com
Dahua Technology | 大华股份 | company | | | dahuatech.com
DJI | 大疆 | company | DJI Technology, 大疆创新 | | dji.com
BYD | 比亚迪 | company | | | byd.com
Geely | ~吉利 | company | Geely Auto | Zeekr=极氪 | geely.com
NIO | 蔚来 | company | NIO Inc | | nio.com
XPeng | 小鹏 | company | XPENG Motors, XPeng Motors, 小鹏汽车 | | xiaopeng.com, xpeng.com
Li Auto | 理想汽车 | company | LiAuto, LiAuto Foundation Model | | lixiang.com
SAIC Motor | 上汽集团 | company | SAIC | | saicmotor.com
Horizon Robotics | ~地平线 | company | | | horizon.cc, horizon.auto
Pony.ai | 小马智行 | company | Pony AI | | pony.ai
WeRide | 文远知行 | company | | | weride.ai
Cambricon | 寒武纪 | company | | | cambricon.com
Moore Threads | 摩尔线程 | company | | | mthreads.com
Biren | 壁仞科技 | company | Biren Technology | | birentech.com
Unisound | 云知声 | company | | | unisound.com
iFLYTEK | 科大讯飞 | company | iFlytek, iFLYTEK Research, 讯飞, iFLYTEK AI Research, USTC iFLYTEK | iFLYTEK Spark=讯飞星火 | iflytek.com
SenseTime | 商汤 | company | SenseTime Research, SenseTime Group, 商汤科技, SenseNova | | sensetime.com
Megvii | 旷视 | company | Megvii Technology, Megvii Research, Face++, 旷视科技 | | megvii.com
Yitu | 依图 | company | YITU Technology | | yitu-inc.com
CloudWalk | 云从科技 | company | CloudWalk Technology | | cloudwalk.com
4Paradigm | 第四范式 | company | Fourth Paradigm | | 4paradigm.com
DeepSeek | 深度求索 | company | DeepSeek-AI, DeepSeek AI, 深度求索人工智能 | High-Flyer=幻方 | deepseek.com
Moonshot AI | 月之暗面 | company | Moonshot.AI | ~Kimi==Kimi Team | moonshot.cn, moonshot.ai
Z.ai | 智谱 | company | Zhipu AI, Zhipu, 智谱AI, 智谱华章, ZhipuAI | ChatGLM==GLM Team | zhipuai.cn, z.ai, aminer.cn
MiniMax | | company | 稀宇科技, MiniMax AI, Minimax | Hailuo=海螺 | minimaxi.com, minimax.chat
StepFun | 阶跃星辰 | company | StepFun AI, StepFun Inc | Step-Audio Team | stepfun.com
Baichuan | 百川智能 | company | Baichuan Intelligent Technology, Baichuan Inc, Baichuan AI, Baichuan-AI | | baichuan-inc.com
01.AI | 零一万物 | company | 01-AI | | 01.ai
ModelBest | 面壁智能 | company | ModelBest Inc | OpenBMB | modelbest.cn
Kunlun Tech | 昆仑万维 | company | Kunlun Inc | Skywork=天工=Skywork AI | kunlun-inc.com
Shengshu | 生数科技 | company | ShengShu Technology, Shengshu AI | Vidu | shengshu.cn
Unitree | 宇树科技 | company | Unitree Robotics | | unitree.com
AgiBot | 智元机器人 | company | AgiBot World, AgiBot Research | | agibot.com
Galbot | 银河通用 | company | | | galbot.com
BeingBeyond |  | company | | | beingbeyond.com
X-Humanoid | 北京人形机器人创新中心 | company | Beijing Innovation Center of Humanoid Robotics | | x-humanoid.com
GigaAI | 极佳视界 | company | GigaAI-Research | | gigaai.cc
Infinigence | 无问芯穹 | company | Infinigence AI, Infinigence-AI | | infini-ai.com
SiliconFlow | 硅基流动 | company | | | siliconflow.cn
MemTensor | 记忆张量 | company | | | memtensor.cn
MiroMind |  | company | MiroMind AI | | miromind.ai
Deemos | 影眸科技 | company | DEEMOS Technology | Rodin Gen | deemos.com
VAST AI | | company | Tripo AI | | vastai3d.com
miHoYo | 米哈游 | company | HoYoverse | | mihoyo.com
Lilith Games | 莉莉丝 | company | | | lilith.com
Perfect World | 完美世界 | company | | | pwrd.com
Shanda | 盛大 | company | Shanda Group, Shanda AI Research, Shanda AI Research Tokyo, Shanda AI Research Institute | | shanda.com
XD Inc | 心动公司 | company | XD Network | TapTap | xd.com
37 Interactive | 三七互娱 | company | 37Games | | 37.com
Ubiquant | 九坤投资 | company | | | ubiquant.com
Mobvista | 汇量科技 | company | | Mintegral | mobvista.com, mintegral.com
iPinYou | 品友互动 | company | | | ipinyou.com
Yuanfudao | 猿辅导 | company | |  | yuanfudao.com
Zuoyebang | 作业帮 | company | | | zuoyebang.com
TAL Education | 好未来 | company | ~TAL, TAL Education Group, TAL AI Lab | | tal.com, 100tal.com
New Oriental | 新东方 | company | | | xdf.cn
Kingsoft | 金山 | company | Kingsoft Office, 金山办公, WPS, Kingsoft Cloud, 金山云 | WPS Office | kingsoft.com, wps.cn
Meitu | 美图 | company | Meitu Inc | | meitu.com
IROOTECH | 树根互联 | company | IROOTECH TECHNOLOGY, ROOTCLOUD | | rootcloud.com
Westlake Robotics | | company | | | westlakerobotics.com
Inspur | 浪潮 | company | 浪潮信息 | | inspur.com
Digital China | 神州数码 | company | | | digitalchina.com
Yonyou | 用友 | company | | | yonyou.com
Sangfor | 深信服 | company | Sangfor Technologies | | sangfor.com.cn
Transsion | 传音 | company | Transsion Holdings, 传音控股 | Boomplay, PalmStore | transsion.com
Shanghai AI Laboratory | 上海人工智能实验室 | lab | Shanghai AI Lab, Shanghai Artificial Intelligence Laboratory, shanghai ailab, SHAILAB, Pujiang Lab, 上海AI实验室 | InternLM=书生=Intern Large Models, OpenGVLab, OpenDataLab, Intern Science, Intern Robotics, AI45Research, OpenDriveLab | pjlab.org.cn
BAAI | 智源研究院 | lab | Beijing Academy of Artificial Intelligence, 北京智源人工智能研究院, 智源 | | baai.ac.cn
BIGAI | 通用人工智能研究院 | lab | Beijing Institute for General Artificial Intelligence, 北京通用人工智能研究院 | | bigai.ai
Peng Cheng Laboratory | 鹏城实验室 | lab | Pengcheng Laboratory, Pengcheng Lab, PengCheng Laboratory, ~PCL | | pcl.ac.cn
Zhejiang Lab | 之江实验室 | lab | Zhejiang Laboratory | | zhejianglab.com, zhejianglab.edu.cn, zhejianglab.org
IDEA Research | 粤港澳大湾区数字经济研究院 | lab | IDEA-Research, International Digital Economy Academy, IDEA研究院 | | idea.edu.cn
Shanghai Innovation Institute | 上海创智学院 | lab | ~SII | | sii.edu.cn
Zhongguancun Academy | 中关村学院 | lab | 北京中关村学院 | | bza.edu.cn
Shanghai Qi Zhi Institute | 上海期智研究院 | lab | | | sqz.ac.cn
"""
