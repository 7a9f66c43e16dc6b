"""Countries, states and cities that stand behind an organisation in affiliation lines; a place is no organisation."""

NAMES = frozenset(
    part.strip().casefold()
    for part in """
USA, U.S.A., US, U.S., United States, United States of America, UK, U.K., United Kingdom, England, Scotland, Wales, Ireland, Canada, Mexico,
Brazil, Brasil, Argentina, Chile, Colombia, Peru, Uruguay, China, P.R. China, P. R. China, PR China, P.R.China, People's Republic of China, Hong Kong,
Hong Kong SAR, Macau, Macao, Taiwan, Japan, Korea, South Korea, Republic of Korea, Singapore, Malaysia, Thailand, Vietnam, Viet Nam, Indonesia,
Philippines, India, Pakistan, Bangladesh, Sri Lanka, Nepal, Australia, New Zealand, Germany, Deutschland, France, Italy, Italia, Spain, Portugal,
Netherlands, The Netherlands, Belgium, Luxembourg, Switzerland, Austria, Denmark, Sweden, Norway, Finland, Iceland, Poland, Czech Republic, Czechia,
Slovakia, Slovenia, Hungary, Romania, Bulgaria, Serbia, Croatia, Greece, Turkey, Türkiye, Ukraine, Russia, Russian Federation, Estonia, Latvia,
Lithuania, Cyprus, Malta, Israel, Iran, Iraq, Egypt, Morocco, Tunisia, Nigeria, Kenya, South Africa, Ghana, Ethiopia, Saudi Arabia, UAE,
United Arab Emirates, Qatar, Kuwait, Jordan, Lebanon, Kazakhstan, Uzbekistan, Armenia, Georgia, Belarus, Europe, Asia, Worldwide, Remote,
California, CA, New York, NY, NYC, New York City, Washington, WA, DC, D.C., Washington DC, Washington D.C., Massachusetts, MA, Texas, TX, Illinois, IL,
Pennsylvania, PA, New Jersey, NJ, Virginia, VA, Michigan, MI, Ohio, OH, Arkansas, AR, Oregon, OR, Minnesota, MN, Arizona, AZ, Colorado, CO, Florida, FL,
North Carolina, NC, Indiana, IN, Maryland, MD, Utah, UT, Connecticut, CT, Wisconsin, WI, Ontario, ON, Quebec, Québec, QC, British Columbia, BC, Alberta,
Victoria, NSW, New South Wales, Queensland, Karnataka, Telangana, Maharashtra, Haryana, Tamil Nadu, West Bengal, Uttar Pradesh,
Beijing, Shanghai, Tianjin, Chongqing, Hangzhou, Shenzhen, Guangzhou, Chengdu, Nanjing, Wuhan, Xi'an, Xi’an, Xian, Suzhou, Xiamen, Hefei, Changsha, Harbin, Dalian,
Jinan, Qingdao, Zhuhai, Dongguan, Ningbo, Wuxi, Kunming, Shenyang, Changchun, Fuzhou, Zhengzhou, Lanzhou, Nanchang, Kowloon, Shatin, Taipei, Hsinchu,
Tainan, Guangdong, Zhejiang, Jiangsu, Sichuan, Hubei, Hunan, Anhui, Shandong, Fujian, Shaanxi, Liaoning, Haidian, Tokyo, Osaka, Kyoto, Yokohama, Nagoya,
Seoul, Busan, Daejeon, Pangyo, Seongnam, Suwon, Incheon, Ulsan, Pohang, Hanoi, Ho Chi Minh City, Jakarta, Bangkok, Manila, Kuala Lumpur, Delhi,
New Delhi, Mumbai, Bangalore, Bengaluru, Hyderabad, Chennai, Kolkata, Pune, Gurgaon, Gurugram, Noida, Kanpur, Kharagpur, Dhaka, Karachi, Lahore, Islamabad,
Sydney, Melbourne, Brisbane, Perth, Adelaide, Canberra, Auckland, London, Cambridge, Oxford, Edinburgh, Glasgow, Manchester, Bristol, Dublin, Paris,
Lyon, Grenoble, Toulouse, Lille, Nice, Sophia Antipolis, Berlin, Munich, München, Hamburg, Frankfurt, Cologne, Stuttgart, Karlsruhe, Darmstadt, Tübingen,
Mannheim, Amsterdam, Delft, Utrecht, Rotterdam, Eindhoven, Nijmegen, Groningen, The Hague, Brussels, Leuven, Ghent, Antwerp, Zurich, Zürich, Geneva,
Lausanne, Lugano, Vienna, Graz, Klagenfurt, Copenhagen, Aarhus, Stockholm, Gothenburg, Oslo, Bergen, Trondheim, Helsinki, Espoo, Reykjavik, Warsaw,
Poznan, Poznań, Krakow, Wroclaw, Prague, Brno, Bratislava, Budapest, Bucharest, Sofia, Belgrade, Zagreb, Ljubljana, Athens, Thessaloniki, Istanbul, Ankara, Kyiv,
Kiev, Moscow, Saint Petersburg, St. Petersburg, Kazan, Innopolis, Novosibirsk, Yerevan, Tbilisi, Almaty, Tallinn, Riga, Vilnius, Madrid, Barcelona,
Valencia, Seville, Bilbao, Lisbon, Porto, Rome, Roma, Milan, Milano, Turin, Torino, Bologna, Pisa, Padua, Padova, Bari, Naples, Tel Aviv, Haifa, Jerusalem,
Herzliya, Beer Sheva, Tehran, Cairo, Dubai, Abu Dhabi, Riyadh, Thuwal, Doha, Lagos, Nairobi, Cape Town, Johannesburg, San Francisco, San Jose, San Diego,
San Mateo, Los Angeles, Palo Alto, Menlo Park, Mountain View, Sunnyvale, Santa Clara, Santa Monica, Cupertino, Redwood City, Los Gatos, Berkeley,
Stanford, Bellevue, Seattle, Redmond, Kirkland, Portland, Boston, Pittsburgh, Philadelphia, Princeton, Chicago, Urbana, Champaign, Ann Arbor, Minneapolis,
Madison, Austin, Dallas, Houston, Atlanta, Miami, Denver, Boulder, Phoenix, Tempe, Bentonville, Salt Lake City, Brooklyn, Ithaca, Baltimore, Toronto, Waterloo,
Montreal, Montréal, Vancouver, Ottawa, Edmonton, Calgary, Mexico City, Monterrey, São Paulo, Sao Paulo, Rio de Janeiro, Belo Horizonte, Florianópolis,
Campinas, Porto Alegre, Buenos Aires, Santiago, Bogotá, Bogota, Lima, Montevideo, 中国, 北京, 上海, 杭州, 深圳, 广州, 香港, 南京, 成都, 武汉, 西安, 新加坡, 美国
""".replace("\n", " ").split(",")
)


def is_place(part: str) -> bool:
    """True for `Beijing`, `Beijing 100084`, `CA 94025` and `New York NY`, not for what is more than places."""
    words = " ".join(w for w in part.split() if not any(c.isdigit() for c in w)).strip(" .-").casefold()
    head, _, tail = words.rpartition(" ")
    return not words or words in NAMES or (head in NAMES and tail in NAMES)
