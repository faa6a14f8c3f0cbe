"""Name cultures of a simulated intake: common given and family names, and how people live.

Names are common ones that anybody knows, in the spellings that people use when they apply in
Latin script; `Lee/Yi` is one name in two spellings. How unevenly family names are spread is what
makes fairness hard: one in three bears the first name of the Vietnamese list, one in forty that
of the American one, so that addresses and handles made from names collide at other rates.
Families of more generations under one roof share an address and a line: `household` is eight in a
thousand for each person beyond the first in an average home of the country (from 2.0 in Germany to
4.6 in India, by the United Nations' figures of households, rounded).
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Culture:
    """A name culture.

    `weight` is its share of an intake, by usual; `home` the region where four in five live.
    `top` are the permille of the first family names, the rest fall as one over rank.
    `household` is the share of people who live with another applicant, in homes of `sizes`.
    `family_first` says which name stands first.
    """

    code: str
    weight: int
    home: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    top: tuple[int, ...]
    household: float
    sizes: tuple[int, ...]
    family_first: bool = False


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CULTURES: Final = (
    Culture(
        "en_US",
        30,
        "north_america",
        _names(
            "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William "
            "Barbara Richard Susan Joseph Jessica Thomas Sarah Charles Karen Daniel Lisa "
            "Matthew Nancy Anthony Betty Mark Sandra Paul Ashley Steven Kimberly Andrew Emily "
            "Kevin Donna"
        ),
        _names(
            "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Thomas Taylor "
            "Moore Jackson Martin Thompson White Harris Clark Lewis Robinson Walker Young Allen "
            "King Wright Scott Hill Green Adams Baker Nelson Hall Campbell Mitchell Carter "
            "Roberts Phillips Evans Turner Parker Collins Edwards Stewart Morris Murphy Cook "
            "Rogers Morgan"
        ),
        (25, 20, 17, 15, 14),
        0.012,
        (2, 2, 2, 3),
    ),
    Culture(
        "en_IN",
        12,
        "south_asia",
        _names(
            "Rahul Priya Amit Anjali Rajesh Sunita Vijay Pooja Sanjay Neha Suresh Kavita Arun "
            "Deepa Manoj Swati Anil Divya Ravi Meera Ashok Lakshmi Vikram Sneha Karthik Shreya "
            "Arjun Nisha"
        ),
        _names(
            "Kumar Singh Sharma Patel Gupta Reddy Verma Rao Khan Das Nair Iyer Mehta Joshi "
            "Mishra Yadav Chaudhary/Choudhury Agarwal/Aggarwal Banerjee Mukherjee Chatterjee "
            "Bose Menon Pillai Shah Desai Kulkarni Patil Naidu Bhat"
        ),
        (90, 80, 60, 50),
        0.029,
        (2, 2, 3, 3, 4, 5),
    ),
    Culture(
        "es_MX",
        10,
        "latin_america",
        _names(
            "Jose Maria Juan Guadalupe Luis Ana Carlos Laura Miguel Sofia Jorge Carmen "
            "Francisco Isabel Pedro Lucia Alejandro Elena Manuel Rosa Fernando Paula Ricardo "
            "Teresa Diego"
        ),
        _names(
            "Hernandez Garcia Martinez Lopez Gonzalez Rodriguez Perez Sanchez Ramirez Cruz "
            "Flores Gomez Morales Vazquez Reyes Jimenez Torres Diaz Gutierrez Ruiz Mendoza "
            "Aguilar Ortiz Moreno Castillo Romero Alvarez Rivera Chavez Ramos"
        ),
        (55, 45, 42, 40, 35),
        0.021,
        (2, 2, 3, 3, 4),
    ),
    Culture(
        "pt_BR",
        8,
        "latin_america",
        _names(
            "Joao Maria Antonio Ana Francisco Francisca Carlos Adriana Paulo Juliana Pedro "
            "Marcia Lucas Fernanda Luiz Patricia Marcos Aline Gabriel Camila Rafael Bruna "
            "Daniel Amanda"
        ),
        _names(
            "Silva Santos Oliveira Souza/Sousa Rodrigues Ferreira Alves Pereira Lima Gomes "
            "Costa Ribeiro Martins Carvalho Almeida Lopes Soares Fernandes Vieira Barbosa Rocha "
            "Dias Nascimento Andrade Moreira Nunes Marques Machado Mendes Freitas"
        ),
        (100, 80, 50, 48),
        0.015,
        (2, 2, 3, 3, 4),
    ),
    Culture(
        "zh_CN",
        8,
        "east_asia",
        _names(
            "Wei Fang Na Min Jing Li Qiang Lei Jun Yang Yong Yan Jie Tao Ming Chao Xia Ping "
            "Gang Hui Xin Yu Hao Ying Bo Ling Kai Mei Jian Hong"
        ),
        _names(
            "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo "
            "Zheng Liang Xie Song Tang Han Feng Deng Cao Peng"
        ),
        (75, 73, 68, 54, 45, 31),
        0.014,
        (2, 3, 3, 4, 5),
        True,
    ),
    Culture(
        "de_DE",
        7,
        "europe",
        _names(
            "Peter Sabine Michael Petra Thomas Monika Andreas Claudia Wolfgang Susanne Klaus "
            "Andrea Stefan Julia Christian Anna Markus Laura Daniel Lena Tobias Katharina Jan "
            "Nina Felix"
        ),
        _names(
            "Mueller/Muller Schmidt Schneider Fischer Weber Meyer/Meier Wagner Becker Schulz "
            "Hoffmann Schaefer Koch Bauer Richter Klein Wolf Schroeder Neumann Schwarz "
            "Zimmermann Braun Krueger Hofmann Hartmann Lange Werner Krause Lehmann Koehler "
            "Maier"
        ),
        (30, 23, 14, 12),
        0.008,
        (2, 2, 2, 3),
    ),
    Culture(
        "pl_PL",
        6,
        "eastern_europe",
        _names(
            "Piotr Anna Krzysztof Maria Andrzej Katarzyna Tomasz Malgorzata Jan Agnieszka Pawel "
            "Barbara Michal Ewa Marcin Krystyna Jakub Magdalena Adam Elzbieta Lukasz Joanna"
        ),
        _names(
            "Nowak Kowalski Wisniewski Wojcik Kowalczyk Kaminski Lewandowski Zielinski "
            "Szymanski Wozniak Dabrowski Kozlowski Jankowski Mazur Kwiatkowski Krawczyk "
            "Kaczmarek Piotrowski Grabowski Zajac Pawlowski Michalski Krol Nowakowski Wieczorek "
            "Jablonski"
        ),
        (14, 9, 7),
        0.013,
        (2, 2, 3),
    ),
    Culture(
        "ko_KR",
        6,
        "east_asia",
        _names(
            "Minjun/Minjoon Seoyeon Jihoon/Jihun Jiwoo Hyunwoo/Hyeonu Sujin/Soojin Donghyun "
            "Minji Sungmin/Seongmin Hyejin Junho Eunji Seungho Yuna Jaehyun Jimin Taeyang Hana "
            "Kyungsoo Soyoung Youngho Dahye Sangwoo Yejin"
        ),
        _names(
            "Kim Lee/Yi Park/Bak Choi/Choe Jung/Jeong/Chung Kang Cho/Jo Yoon/Yun Jang/Chang "
            "Lim/Im Han Oh Seo Shin/Sin Kwon Hwang Ahn/An Song Yoo/Yu Hong Jeon/Jun Ko/Go Moon "
            "Yang"
        ),
        (215, 147, 84, 47, 43),
        0.010,
        (2, 2, 3, 4),
        True,
    ),
    Culture(
        "ja_JP",
        5,
        "east_asia",
        _names(
            "Haruto Yui Yuto/Yuuto Sakura Sota Hina Ren Aoi Daiki Misaki Kenta Yuki Takumi "
            "Nanami Sho/Shou Ayaka Ryota Mai Kazuki Haruka Naoki Emi Tsubasa Kana"
        ),
        _names(
            "Sato/Satou Suzuki Takahashi Tanaka Watanabe Ito/Itou Yamamoto Nakamura Kobayashi "
            "Kato Yoshida Yamada Sasaki Yamaguchi Matsumoto Inoue Kimura Hayashi Shimizu "
            "Yamazaki Mori Abe Ikeda Hashimoto Ishikawa Ogawa Goto Okada Hasegawa Fujita"
        ),
        (15, 14, 11, 10),
        0.010,
        (2, 2, 3),
        True,
    ),
    Culture(
        "uk_UA",
        5,
        "eastern_europe",
        _names(
            "Oleksandr/Alexander Olena/Elena Andrii/Andriy Nataliia Serhii/Sergiy Iryna/Irina "
            "Volodymyr Oksana Mykola/Nikolai Tetiana Viktor Liudmyla Dmytro/Dmitry Yuliia/Julia "
            "Ivan Mariia Maksym Anastasiia Bohdan Kateryna"
        ),
        _names(
            "Melnyk Shevchenko Boiko/Boyko Kovalenko Bondarenko Tkachenko Kovalchuk Kravchenko "
            "Oliinyk/Oleynik Shevchuk Koval Polishchuk Bondar Tkachuk Moroz Marchenko Lysenko "
            "Rudenko Savchenko Petrenko Kravets Klymenko Pavlenko Savchuk Kuzmenko"
        ),
        (12, 11, 10),
        0.012,
        (2, 2, 3, 4),
    ),
    Culture(
        "vi_VN",
        5,
        "southeast_asia",
        _names(
            "Anh Minh Huong Linh Hung Lan Tuan Hoa Dung Mai Nam Thao Long Trang Quang Ha Duc "
            "Phuong Thanh Nga Khanh Hien Son Yen"
        ),
        _names(
            "Nguyen Tran Le Pham Hoang/Huynh Phan Vu/Vo Dang Bui Do Ho Ngo Duong Ly Dinh Truong "
            "Lam Mai Cao Ta"
        ),
        (315, 109, 89, 71, 51),
        0.021,
        (2, 3, 3, 4, 5),
        True,
    ),
    Culture(
        "ar_EG",
        4,
        "africa_middle_east",
        _names(
            "Mohamed/Mohammed/Muhammad Fatma/Fatima Ahmed/Ahmad Mona Mahmoud Aya "
            "Mostafa/Mustafa Nour Omar Heba Ali Sara Hassan/Hasan Mariam Youssef/Yusuf Salma "
            "Khaled/Khalid Dina Amr Yasmin Karim Rania Tarek/Tariq Laila"
        ),
        _names(
            "Mohamed/Mohammed Ahmed/Ahmad Ali Hassan Mahmoud Ibrahim Khalil Saleh Abdallah "
            "Mostafa Omar Youssef Osman Hussein/Hussain Salem Farouk Nasser Mansour Hamdy Fathy "
            "Gamal Samir Zaki Sayed"
        ),
        (90, 80, 50, 45),
        0.025,
        (2, 3, 3, 4, 5),
    ),
)
BY_CODE: Final = {each.code: each for each in CULTURES}
