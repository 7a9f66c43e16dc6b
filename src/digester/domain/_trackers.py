"""Parameters that say who shared an address and where, not what it names.

A name that only ever tracks goes everywhere; one that tracks on some sites and names a page on others goes on those
sites only (`si` of YouTube), or when its value is a channel (`source=rss`, but not `source=arxiv`). What is in doubt
stays: two addresses of one page are a blemish, two pages under one address are a loss.
"""

from __future__ import annotations

import re

from digester.domain._address import Address

_TRACKER = re.compile(
    r"utm[-_][\w.-]+|(?:pk|mtm|piwik|hmb|itm|hsa|bsft|vero|oly|share)_\w+|at_(?:medium|campaign|custom|link|bbc|ptr|format)\w*|"
    r"(?:fb|g|d|y|tw|tt)clid|msclkid|irclickid|dicbo|s_kwcid|gclsrc|[gw]braid|gad_\w+|_g[al]|fb_(?:action|source|ref)\w*|"
    r"__(?:tn|cft)__.*|mibextid|igsh(?:id)?|li_fat_id|epik|rdt_cid|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|__hs\w{2,3}|"
    r"hsctatracking|hss_channel|ck_subscriber_id|ml_subscriber\w*|_bhlid|_openstat|wickedid|"
    r"spm|spm_id_from|vd_source|chksm|isappinstalled|wxshare|nsukey|pass_ticket|ops_request_misc|"
    r"ref|refsrc|ref_(?:src|url|source|medium)|referr?er|trk(?:campaign|info|email)?|cmpid|ncid|icid|ocid|cvid|"
    r"wt[._](?:mc|mc_id)|sc_(?:channel|campaign|content|medium|outcome|geo|country)|guc(?:e_\w+|counter)|"
    r"amp_(?:js_v|gsa|lite)|usqp|sr_share|xtor|ftag|sref|taid|phpsessid|jsessionid|aspsessionid\w*"
)
# no page was ever named by these, so a link is as good without them
_CAMPAIGN = re.compile(
    r"(?:utm[-_][\w.-]+|(?:fb|g|d|y|tw|tt|ms)clid|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|igsh(?:id)?|_bhlid)(?:=.*)?",
    re.IGNORECASE,
)
_CHANNEL_NAMES = frozenset({"source", "from", "src", "via", "share", "origin", "sharesource", "medium"})
_CHANNEL = re.compile(
    r"(?:rss|feed|atom|e?mail|newsletter|twitter|x|facebook|fb|linkedin|reddit|hn|hacker-?_?news|telegram|whatsapp|slack|"
    r"weixin|wechat|weibo|qq|timeline|singlemessage|groupmessage|share|social|copy|copylink|copy_link|web_share|"
    r"tldr|producthunt|ycombinator|android|iphone|ios|app|push|wap|h5|pc)(?:[._-](?:feed|share|app|com|rss|link|web))?|"
    r"[a-z_]{0,20}-{3,}[\w-]*"  # Medium's: rss----0123456789ab---4
)
_BY_HOST: dict[str, frozenset[str]] = {
    "youtube.com": frozenset({"si", "feature", "pp", "ab_channel", "app", "cbrd", "ucbcb", "sttick"}),
    "spotify.com": frozenset({"si", "context", "nd", "dl_branch"}),
    "x.com": frozenset({"s", "t", "lang", "cxt", "cn", "refsrc"}),
    "medium.com": frozenset({"source", "sk", "gi"}),
    "bilibili.com": frozenset({"from", "from_source", "from_spmid", "seid", "unique_k", "plat_id", "buvid", "up_id",
                               "is_story_h5", "timestamp", "bbid", "ts", "msource", "refer_from"}),
    "weixin.qq.com": frozenset({"scene", "subscene", "sessionid", "clicktime", "enterid", "ascene", "devicetype", "version",
                                "lang", "nettype", "abtest_cookie", "exportkey", "wx_header", "mpshare", "srcid",
                                "sharer_sharetime", "sharer_shareid", "sharer_shareinfo", "poc_token", "from", "color_scheme"}),
    "xiaohongshu.com": frozenset({"xsec_token", "xsec_source", "apptime", "author_share", "type", "xhsshare", "app_platform",
                                  "app_version", "ignoreengage", "shareredid", "source", "exsource"}),
    "linkedin.com": frozenset({"trackingid", "lipi", "midtoken", "midsig", "originalsubdomain", "rcm", "eid", "refid",
                               "lici"}),
    "google.com": frozenset({"ved", "ei", "usg", "sa", "oc", "gs_lcp", "gs_lcrp", "sclient", "oq", "aqs", "sourceid", "bih",
                             "biw", "rlz", "sca_esv"}),
    "nytimes.com": frozenset({"smid", "smtyp", "campaign_id", "emc", "instance_id", "nl", "regi_id", "segment_id", "te",
                              "user_id", "partner", "unlocked_article_code"}),
    "wsj.com": frozenset({"mod", "st", "reflink"}),
    "forbes.com": frozenset({"sh", "ss"}),
    "bloomberg.com": frozenset({"accesstoken", "srnd", "leadsource", "embedded-checkout"}),
    "amazon.com": frozenset({"ref_", "tag", "linkcode", "psc", "qid", "sr", "crid", "sprefix", "dib", "dib_tag"}),
    "zhihu.com": frozenset({"utm_psn", "hybrid_search_extra", "hybrid_search_source", "search_source", "native"}),
    "reddit.com": frozenset({"rdt", "onetap_auto"}),
    "sohu.com": frozenset({"scm"}),
    "threads.com": frozenset({"xmt", "slof"}),
    "substack.com": frozenset({"r", "s", "publication_id", "post_id", "isfreemail", "token", "triedredirect",
                               "showwelcomeonshare", "showwelcome", "ref_code"}),
    "toutiao.com": frozenset({"app", "timestamp", "use_new_style", "req_id", "tt_from", "wid", "log_from"}),
}  # fmt: skip
_ESSAY = frozenset({"r", "publication_id", "post_id", "isfreemail", "triedredirect", "showwelcomeonshare"})
_CONTENT = {host: frozenset({"ref"}) for host in ("gitlab.com", "api.github.com", "codeberg.org", "gitee.com")}
_POST = re.compile(r"/p/[^/]*-[^/]*")  # an essay of Substack under a name of its own
_AMP_VALUES = {"amp": ("", "1", "true", "amp"), "outputtype": ("amp",), "output": ("amp",), "isamp": ("1", "true")}


def without(a: Address) -> Address:
    """The address without what tracks."""
    if not a.query:
        return a
    own = _of_host(a)
    kept = tuple(p for p in a.query if not _is_tracker(p[0].lower(), p[1].lower(), own, a.host))
    return Address(a.host, a.path, kept, a.fragment)


def untagged(query: str) -> str:
    """A query as it is written, without the tags of campaigns."""
    return "&".join(part for part in query.split("&") if not _CAMPAIGN.fullmatch(part))


def _of_host(a: Address) -> frozenset[str]:
    name = a.host.partition(":")[0].split(".")
    own = _BY_HOST.get(".".join(name[-2:]), frozenset()) | _BY_HOST.get(".".join(name[-3:]), frozenset())
    return own | _ESSAY if _POST.fullmatch(a.path) else own


def _is_tracker(name: str, value: str, own: frozenset[str], host: str) -> bool:
    if name in own:
        return True
    if name in _CHANNEL_NAMES:
        return _CHANNEL.fullmatch(value) is not None
    if name in _AMP_VALUES:
        return value in _AMP_VALUES[name]
    return _TRACKER.fullmatch(name) is not None and name not in _CONTENT.get(host, ())
