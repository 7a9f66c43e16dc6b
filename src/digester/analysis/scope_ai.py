"""The scope gate of AI news: an AI digest tells of AI, whatever its sources tell of.

A source tagged `general` (or `community`: link boards) tells of everything; others were chosen for the subject, and only what has
no word of it is left out.

In: models and the makers of models, learning, agents, recommenders and search, the data, chips and serving they run on,
and what law and people make of them. What a lab or an engineering team says of itself is not asked: its subject is known.
"""

from __future__ import annotations

import re

from digester.analysis.scope import Scope
from digester.analysis.searching import any_of
from digester.domain.urls import host_of

LEAD, BRIEF = (
    3_000,
    600,
)  # characters of a text that are looked at; of a short one, and of where a longer one says what it is about
OFTEN = 3  # words of it that are more than in passing
MAKERS = frozenset({  # sites of those who make models and share them: what stands there is about these
    "openai.com", "anthropic.com", "claude.com", "deepmind.google", "deepmind.com", "ai.google.dev", "ai.meta.com", "llama.com", "mistral.ai", "x.ai",
    "cohere.com", "qwen.ai", "deepseek.com", "z.ai", "zhipuai.cn", "moonshot.ai", "moonshot.cn", "minimax.io", "minimaxi.com", "stepfun.com",
    "seed.bytedance.com", "thinkingmachines.ai", "ssi.inc", "nvidia.com", "allenai.org", "huggingface.co", "modelscope.cn", "together.ai", "vllm.ai",
    "lmsys.org", "perplexity.ai", "cursor.com", "ai21.com", "aleph-alpha.com", "stability.ai", "bfl.ai", "runwayml.com", "elevenlabs.io",
})  # fmt: skip


def _in_any_script(*parts: str) -> re.Pattern[str]:
    """As `any_of`, with edges of words between Latin and Chinese letters too: 改用PyTorch训练."""
    return re.compile(any_of(*parts).pattern, re.IGNORECASE | re.ASCII)


_NAMED = _in_any_script(  # says it by itself
    r"\bA\.?I\.?\b|\bAIs\b|\bAGI\b|\bartificial (?:general )?intelligence\b|\bmachine[- ]learn\w+|\bdeep learning\b|\bneural net\w*|\bML (?:engineer|model|system|infra)\w*|\bMLOps\b|"
    r"\b[VS]?LLMs?\b|\bmodel (?:registry|registries|hub|weights|cards?|providers?|makers?|services?|judges?|serving)\b|\bSemantic IDs?\b|\btokeni[sz]ers?\b|\branking (?:signals?|rules?|disclosure)\b|\b(?:language|foundation|frontier|world|diffusion|reasoning|generative|multimodal|open[- ]weights?|vision) models?\b|\bopen[- ]weights?\b|\bgenerative\b|\bchatbots?\b|\bdeepfakes?\b|"
    r"\bGPT\b|\bGPT-?\d|\bChatGPT\b|\bClaudes?\b|\b(?:Opus|Sonnet|Haiku) \d|\bCodex\b|\bGemini\b|\bGemma\b|\bLlama\b|\bMistral\b|\bDeepSeek\b|\bQwen\w*|\bKimi\b|\bGrok\b|\bCopilot\b|\b(?-i:Cursor)\b|\b(?-i:Perplexity)\b|\bOpenAI\b|\bAnthropic\b|\bDeepMind\b|\bxAI\b|\bHugging ?Face\b|\bNvidia\b|\bMidjourney\b|\bStable Diffusion\b|"
    r"\b(?:AI|coding|software|autonomous|LLM|browser|voice|research) agents?\b|\bagentic\b|\bmulti-?agent\b|\bMCP\b|\bHBM\b|\b(?:stacked|high-bandwidth) memory\b|\bprompt (?:injection|engineering|caching?)\b|\bvibe[- ]?cod\w+|\bfine-?tun\w+|\breinforcement learning\b|\bretrieval[- ]augmented\b|\bRAG\b|\bRLHF\b|"
    r"\bembedding (?:model|table|service|search)\w*|\bvector (?:database|search|store|index)\w*|\bKV[- ]?cache|\bkey-value cache|\bGPUs?\b|\bTPUs?\b|\bCUDA\b|\bPyTorch\b|\bTensorFlow\b|\bJAX\b|\bvLLM\b|\bSGLang\b|\bOllama\b|\bllama\.cpp\b|\binference (?:engine|server|chip|cost|stack|provider)s?\b|"
    r"\brecommender\b|\brecommendation (?:system|model|engine|algorithm)s?\b|\bRecSys\b|\bCTR\b|\bA/B tests?\b|\bfeature store\b|\branking (?:model|system|algorithm)s?\b|\bcomputer vision\b|\bspeech (?:recognition|synthesis)\b|\bsynthetic (?:voices?|media|data|speech|images?|videos?)\b|\b(?:machine )?translation (?:service|model|system)s?\b|\btext-to-(?:speech|image|video)\b|\brobotaxis?\b|\bWaymo\b|\bself-driving\b|\bApple Intelligence\b|\bhumanoid\b|"
    r"\bNLP\b|\b(?:natural language|speech|image|video) (?:processing|generation|recognition)\b|\b(?:self-supervised|contrastive|few-shot|meta-?|transfer|federated|representation) learning\b|\bknowledge graphs?\b|\battention mechanism\b|\b(?:ICML|NeurIPS|ICLR|CVPR|ICCV|ECCV|EMNLP|NAACL|AAAI|KDD|SIGIR)\b|"
    r"人工智能|模型|机器学习|深度学习|强化学习|元学习|对比学习|联邦学习|增量学习|小样本|(?:自|无|有)监督|神经网络|智能体|智能(?:对话|问答|客服|驾驶|语音|技术|助手)|机器智能|群体学习|生成式|多模态|具身|推荐系统|推荐算法|推荐任务|搜索排序|召回|点击率|算法|算力|智驾|自动驾驶|机器人|"
    r"自然语言|知识图谱|对话系统|文本(?:生成|表示|分类|摘要)|语音(?:合成|识别|生成)|机器翻译|计算机视觉|目标检测|物体检测|注意力机制|损失函数|卷积|表征学习|对抗(?:攻击|样本|网络|训练)|换脸|因果推断|向量检索|向量推理|词向量|微调|调参|提示词|预训练|"
    r"(?<![A-Za-z])(?:AI|GPU|NLP|GNN|CTR|LLM|AIGC|AGI|ICML|NeurIPS|ICLR|CVPR|ICCV|ECCV|ACL|EMNLP|NAACL|AAAI|KDD|SIGIR|Transformers?)(?![A-Za-z])"
)
_HINTS = _in_any_script(  # says it together with another
    r"\bmodels?\b|\bagents?\b|\btraining\b|\btrained\b|\binference\b|\bbenchmarks?\b|\btokens?\b|\btransformers?\b|\bembeddings?\b|\bweights\b|\branking\b|\bretrieval\b|\bprompts?\b|\bchips?\b|\bdata ?cent(?:re|er)s?\b|\brobots?\b|\balgorithm\w*|\bsemiconductors?\b|\bautomat\w+|\bdata ?sets?\b|\bclassifiers?\b|\bcorp(?:us|ora)\b|\bsemantic\b|\bneural\b|\brecommend\w*|\bbatch(?:es|ing|ed)?\b|\blatency\b|\bthroughput\b|\bquanti[sz]\w+|\bkernels?\b|\bcompilers?\b|\blayers?\b|\bregistr(?:y|ies)\b|\bnamespaces?\b|\bhijack\w*|\bcaches?\b|\bparameters?\b|\bcontext windows?\b|\bassistants?\b|\bleader ?boards?\b|\bdecoders?\b|\bbeams?\b|"
    r"推理|训练|芯片|推荐|数据集|评测|向量|检索|参数|智能"
)
_FIGURE = re.compile(  # with what it counts, or two of them: one number alone is in any small talk
    r"(?<![\w@:/.])\d[\d.,]{0,20} ?(?:%|x\b|ms\b|[KMGT]B\b|(?:seconds?|minutes?|hours?|cents?|points?|tokens?|users?|requests?|cards?|lines?|bits?)\b|times (?:more|less|as|faster|slower)\b)|"
    r"(?<![\w@:/.])\d[\d.,]{0,20}(?![\w:]).{1,200}?(?<![\w@:/.])\d[\d.,]{0,20}(?![\w:])"
)


def of_maker(url: str) -> bool:
    """Whether an address is on the site of a maker of models, whatever source named it."""
    names = host_of(url).split(".")
    return any(".".join(names[n:]) in MAKERS for n in range(len(names)))


def touches_ai(post: str) -> Scope:
    """Whether a post of somebody whom the user follows for AI may be about it: a word of it is enough, or a figure. Times of day
    and handles are none."""
    found = _NAMED.search(post) or _HINTS.search(post) or _FIGURE.search(post)
    return Scope(True, f"about {found[0]}", (found.span(),)) if found else Scope(False, "not about AI")


def speaks_of_ai(sentence: str) -> bool:
    """Whether a sentence has a word of the subject."""
    return bool(_NAMED.search(sentence) or _HINTS.search(sentence))


def about_ai(title: str, text: str, general: bool = False) -> Scope:
    """Whether a news text is about AI: a word of it in the headline or the first paragraphs is enough from a source that was chosen
    for it; from a `general` one the headline says so, or the text does more than in passing. Spans point into f"{title}. {text}"."""
    whole = f"{title}. {text[:LEAD]}"
    named = list(_NAMED.finditer(whole))
    hints = list(_HINTS.finditer(whole))
    in_title = [m for m in named if m.start() < len(title)]
    early = any(m.start() < len(title) + BRIEF for m in named)
    short = len(whole) <= BRIEF and (len(named) >= 2 or (named and hints))
    passing = not in_title and not short and not (early and len(named) >= OFTEN)
    found = in_title or named or hints
    if found and not (general and passing):
        words = ", ".join(dict.fromkeys(m[0] for m in found[:2]))
        return Scope(True, f"about {words}", tuple(m.span() for m in found[:3]))
    return Scope(False, "not about AI")
