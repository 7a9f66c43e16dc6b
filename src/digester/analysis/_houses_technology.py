"""Makers of models, chips, clouds and tools of the Americas, and labs that belong to nobody's firm; lines as in `_houses_china`."""

TABLE = """
OpenAI | | company | OpenAI Inc, OpenAI LP | ChatGPT Team | openai.com
Anthropic | | company | Anthropic PBC | Claude Team | anthropic.com
xAI | | company | xAI Corp, X.AI | Grok Team | x.ai
NVIDIA | 英伟达 | company | Nvidia, NVIDIA Research, NVIDIA Corporation, NVIDIA Deep Imagination Research, NVIDIA Inc, NVlabs, NVIDIA AI | NVIDIA Merlin, Mellanox | nvidia.com
AMD | 超威半导体 | company | Advanced Micro Devices, AMD Research, AMD AI Group, Advanced Micro Devices Inc | Xilinx=赛灵思 | amd.com
Intel | 英特尔 | company | Intel Labs, Intel Corporation, Intel AI | Habana Labs, cnvrg.io | intel.com
Qualcomm | 高通 | company | Qualcomm AI Research, Qualcomm Technologies, Qualcomm Inc | | qualcomm.com, qti.qualcomm.com
Broadcom | 博通 | company | | VMware=威睿, VMware Research | broadcom.com, vmware.com
Micron | 美光 | company | Micron Technology | | micron.com
Cerebras | | company | Cerebras Systems | | cerebras.net, cerebras.ai
Groq | | company | Groq Inc | | groq.com
SambaNova | | company | SambaNova Systems | | sambanova.ai, sambanovasystems.com
Tenstorrent | | company | | | tenstorrent.com
IBM | | company | IBM Research, IBM Research AI, International Business Machines, IBM Watson, IBM Corporation, IBM T. J. Watson Research Center | Red Hat=红帽, Red Hat AI, Neural Magic, The Weather Company | ibm.com, us.ibm.com, redhat.com
Oracle | 甲骨文 | company | Oracle Labs, Oracle Corporation, Oracle AI | NetSuite, Oracle Cloud | oracle.com
Salesforce | | company | Salesforce Research, Salesforce AI Research, Salesforce AI, Salesforce Inc | Slack Technologies, ~Slack, Tableau Software, MuleSoft, Demandware | salesforce.com, slack-corp.com
Adobe | | company | Adobe Research, Adobe Inc, Adobe Systems, Adobe Firefly | Behance, Adobe Stock, Adobe Express | adobe.com
ServiceNow | | company | ServiceNow Research, ServiceNow AI, Element AI | | servicenow.com, elementai.com
~Snowflake | | company | Snowflake Inc, Snowflake AI Research, Snowflake Computing | Neeva | snowflake.com
Databricks | | company | Databricks Inc, Databricks Mosaic Research, Databricks AI Research | MosaicML, Mosaic Research | databricks.com, mosaicml.com
Cisco | 思科 | company | Cisco Systems, Cisco Research, Cisco Foundation AI, Outshift by Cisco | Splunk, Webex, Robust Intelligence | cisco.com, splunk.com
HPE | 慧与 | company | Hewlett Packard Enterprise, Hewlett Packard Labs | | hpe.com
HP Inc. | 惠普 | company | HP Labs, Hewlett-Packard | | hp.com
~Dell | 戴尔 | company | Dell Technologies, Dell EMC | | dell.com
Juniper Networks | 瞻博网络 | company | | | juniper.net
Workday | | company | Workday Inc | | workday.com
Twilio | | company | Twilio Inc | ~Segment | twilio.com
Box Inc. | | company | | | box.com
~Zoom | | company | Zoom Communications, Zoom Video Communications, Zoom Video, Zoom AI | | zoom.us, zoom.com
DocuSign | | company | | | docusign.com
~Notion | | company | Notion Labs | | makenotion.com
Figma | | company | | | figma.com
Asana | | company | | | asana.com
HubSpot | | company | | | hubspot.com
~Elastic | | company | Elastic N.V., Elasticsearch B.V. | | elastic.co
MongoDB | | company | MongoDB Inc | Voyage AI | mongodb.com, voyageai.com
Redis Ltd | | company | Redis Labs | | redis.com
Pinecone | | company | Pinecone Systems | | pinecone.io
Weaviate | | company | | | weaviate.io
Qdrant | | company | | | qdrant.com, qdrant.tech
Zilliz | | company | | Milvus Team | zilliz.com
Vespa.ai | | company | Vespa AI | | vespa.ai
Coveo | | company | Coveo Solutions, Coveo Labs | Tooso | coveo.com
Bloomreach | | company | BloomReach | | bloomreach.com
Constructor.io | | company | Constructor IO | | constructor.io
Lucidworks | | company | | | lucidworks.com
Glean Technologies | | company | ~Glean | | glean.com
Perplexity AI | | company | Perplexity.ai | ~Perplexity | perplexity.ai
You.com | | company | | | you.com
DuckDuckGo | | company | | | duckduckgo.com
Brave Software | | company | Brave Research | ~Brave | brave.com
Mozilla | | nonprofit | Mozilla Foundation, Mozilla Corporation, Mozilla.ai | Firefox | mozilla.com, mozilla.org
Wikimedia | 维基媒体 | nonprofit | Wikimedia Foundation, Wikimedia Research | | wikimedia.org
Internet Archive | 互联网档案馆 | nonprofit | | | archive.org
Cloudflare | | company | | | cloudflare.com
Akamai | | company | | | akamai.com
Palantir | | company | Palantir Technologies | | palantir.com
C3.ai | | company | C3 AI | | c3.ai
Scale AI | | company | Scale.ai, ScaleAI | | scale.com
Surge AI | | company | Surge HQ | | surgehq.ai
Snorkel AI | | company | | | snorkel.ai
Hugging Face | | company | HuggingFace, Huggingface | LeRobot | huggingface.co
Together AI | | company | Together.ai, ~Together | | together.ai, together.xyz
Fireworks AI | | company | Fireworks.ai | | fireworks.ai
Anyscale | | company | | | anyscale.com
Modular Inc. | | company | | | modular.com
Lambda Labs | | company | Lambda, Inc. | | lambdal.com
CoreWeave | | company | | Weights & Biases | coreweave.com, wandb.com
Prime Intellect | | company | | | primeintellect.ai
Nous Research | | company | NousResearch | | nousresearch.com
Cohere | | company | Cohere AI, Cohere Inc | Cohere Labs, Cohere For AI, Cohere Labs Community, C4AI | cohere.com, cohere.ai
~Writer | | company | Writer Inc, Writer, Inc. | | writer.com
Character.AI | | company | Character AI, Character Technologies | | character.ai
Inflection AI | | company | | | inflection.ai
Adept AI | | company | | | adept.ai
Reka AI | | company | ~Reka | | reka.ai
Contextual AI | | company | | | contextual.ai
Liquid AI | | company | | | liquid.ai
Essential AI | | company | | | essential.ai
Reflection AI | | company | | | reflection.ai
Thinking Machines Lab | | company | Thinking Machines | | thinkingmachines.ai
Safe Superintelligence | | company | | | ssi.inc
Simular | | company | Simular AI, Simular Research | | simular.ai
Genspark | | company | | | genspark.ai
~Manus | | company | Butterfly Effect, Manus AI | | manus.im
~Cursor | | company | Anysphere | | anysphere.inc, cursor.com
Cognition AI | | company | Cognition Labs | ~Windsurf, Codeium | cognition.ai
Replit | | company | | | replit.com
Vercel | | company | | | vercel.com
Sourcegraph | | company | | | sourcegraph.com
Augment Code | | company | | | augmentcode.com
~Runway | | company | RunwayML, Runway Research | | runwayml.com
Luma AI | | company | Luma Labs | | lumalabs.ai
Pika Labs | | company | | | pika.art
Midjourney | | company | | | midjourney.com
Ideogram | | company | Ideogram AI | | ideogram.ai
ElevenLabs | | company | Eleven Labs | | elevenlabs.io
AssemblyAI | | company | | | assemblyai.com
Deepgram | | company | | | deepgram.com
Suno | | company | Suno AI | | suno.com
Zyphra | | company | Zyphra Technologies | | zyphra.com
Arcee AI | | company | Arcee.ai | | arcee.ai
Nomic AI | | company | ~Nomic | | nomic.ai
Mixedbread | | company | Mixedbread AI, mixedbread.ai | | mixedbread.com
Chroma Inc | | company | Chroma Research | | trychroma.com
LangChain | | company | | | langchain.dev
LlamaIndex | | company | | | llamaindex.ai
Unstructured Technologies | | company | Unstructured.io | | unstructured.io
Patronus AI | | company | | | patronus.ai
Kumo AI | | company | Kumo.AI, ~Kumo | | kumo.ai
Shaped AI | | company | Shaped.ai | | shaped.ai
Physical Intelligence | | company | | | physicalintelligence.company
Figure AI | | company | | | figure.ai
Boston Dynamics | 波士顿动力 | company | RAI Institute, The AI Institute | | bostondynamics.com, rai-inst.com, theaiinstitute.com
Skild AI | | company | | | skild.ai
Nuro | | company | | | nuro.ai
Aurora Innovation | | company | | | aurora.tech
Waabi | | company | | | waabi.ai
Layer 6 AI | | company | Layer 6, Layer6 AI, TD Bank | | layer6.ai, td.com
Borealis AI | | company | RBC Borealis, Royal Bank of Canada | | borealisai.com
Morningstar | 晨星 | company | | | morningstar.com
Autodesk | 欧特克 | company | Autodesk Research, Autodesk AI Lab | | autodesk.com
Nasdaq Verafin | | company | Verafin | | verafin.com
Kensho | | company | Kensho Technologies, S&P Global | | kensho.com, spglobal.com
MITRE | | nonprofit | MITRE Corporation, The MITRE Corporation | | mitre.org
RAND | 兰德公司 | nonprofit | RAND Corporation | | rand.org
SRI International | 斯坦福国际研究所 | nonprofit | | | sri.com
Raytheon | 雷神 | company | RTX Technology Research Center, BBN Technologies, Raytheon BBN | | raytheon.com, bbn.com
GE Research | 通用电气 | company | General Electric, GE Global Research, GE HealthCare | | ge.com, gehealthcare.com
3M | | company | 3M Company | | mmm.com
Honeywell | 霍尼韦尔 | company | | | honeywell.com
Accenture | 埃森哲 | company | Accenture Labs | | accenture.com
Deloitte | 德勤 | company | | | deloitte.com
McKinsey | 麦肯锡 | company | McKinsey & Company, QuantumBlack | | mckinsey.com
Boston Consulting Group | 波士顿咨询 | company | BCG X, BCG | | bcg.com
PwC | 普华永道 | company | PricewaterhouseCoopers | | pwc.com
EY | 安永 | company | Ernst & Young | | ey.com
KPMG | 毕马威 | company | | | kpmg.com
Booz Allen Hamilton | 博思艾伦 | company | Booz Allen | | bah.com
Cognizant | 高知特 | company | Cognizant AI Lab | | cognizant.com
Ai2 | 艾伦人工智能研究所 | nonprofit | AI2, Allen Institute for AI, Allen Institute for Artificial Intelligence | Semantic Scholar Team | allenai.org
EleutherAI | | nonprofit | Eleuther AI | | eleuther.ai
LAION | | nonprofit | LAION e.V. | | laion.ai
MLCommons | | nonprofit | | | mlcommons.org
METR | | nonprofit | Model Evaluation and Threat Research | | metr.org
Redwood Research | | nonprofit | | | rdwrs.com
Apollo Research | | nonprofit | | | apolloresearch.ai
FAR AI | | nonprofit | FAR.AI, FAR AI Inc | | far.ai
Epoch AI | | nonprofit | | | epoch.ai, epochai.org
Center for AI Safety | | nonprofit | | | safe.ai
OpenMined | | nonprofit | | | openmined.org
Common Crawl | | nonprofit | Common Crawl Foundation | | commoncrawl.org
Linux Foundation | Linux基金会 | nonprofit | The Linux Foundation | | linuxfoundation.org
Apache Software Foundation | | nonprofit | | | apache.org
Mila | 魁北克人工智能研究所 | lab | Mila - Quebec AI Institute, Quebec AI Institute, Mila – Quebec Artificial Intelligence Institute, Quebec Artificial Intelligence Institute | | mila.quebec
Vector Institute | 向量研究所 | lab | Vector Institute for Artificial Intelligence | | vectorinstitute.ai
Amii | | lab | Alberta Machine Intelligence Institute | | amii.ca
National Research Council Canada | 加拿大国家研究委员会 | lab | | | nrc-cnrc.gc.ca
NIST | 美国国家标准与技术研究院 | lab | National Institute of Standards and Technology | | nist.gov
NASA | 美国国家航空航天局 | lab | Jet Propulsion Laboratory | | nasa.gov, jpl.nasa.gov
Oak Ridge National Laboratory | 橡树岭国家实验室 | lab | ORNL | | ornl.gov
Argonne National Laboratory | 阿贡国家实验室 | lab | | | anl.gov
Los Alamos National Laboratory | 洛斯阿拉莫斯国家实验室 | lab | LANL | | lanl.gov
Lawrence Livermore National Laboratory | 劳伦斯利弗莫尔国家实验室 | lab | LLNL | | llnl.gov
Lawrence Berkeley National Laboratory | 劳伦斯伯克利国家实验室 | lab | LBNL | | lbl.gov
Pacific Northwest National Laboratory | 太平洋西北国家实验室 | lab | PNNL | | pnnl.gov
Sandia National Laboratories | 桑迪亚国家实验室 | lab | | | sandia.gov
Flatiron Institute | 熨斗研究所 | lab | Simons Foundation | | flatironinstitute.org
TTIC | 芝加哥丰田技术研究所 | lab | Toyota Technological Institute at Chicago | | ttic.edu
World Bank | 世界银行 | nonprofit | The World Bank | | worldbank.org
International Monetary Fund | 国际货币基金组织 | nonprofit | | | imf.org
World Health Organization | 世界卫生组织 | nonprofit | | | who.int
"""
