// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.0;

/// A token that anyone may mint: ERC-20 as far as the tests need it.
contract Coin {
    string public symbol;
    uint8 public decimals;
    mapping(address => uint256) public balanceOf;
    event Transfer(address indexed from, address indexed to, uint256 value);

    constructor(string memory name, uint8 places) {
        symbol = name;
        decimals = places;
    }

    function mint(address to, uint256 value) public {
        balanceOf[to] += value;
        emit Transfer(address(0), to, value);
    }

    function transfer(address to, uint256 value) public returns (bool) {
        return move(msg.sender, to, value);
    }

    /// Without allowances: the tests' contracts take what they are given.
    function transferFrom(address from, address to, uint256 value) public returns (bool) {
        return move(from, to, value);
    }

    function move(address from, address to, uint256 value) internal returns (bool) {
        balanceOf[from] -= value;
        balanceOf[to] += value;
        emit Transfer(from, to, value);
        return true;
    }

    function many(address to, uint256 count) public {
        for (uint256 each = 1; each <= count; each++) move(msg.sender, to, each);
    }
}

/// Each token its own: ERC-721's event alone.
contract Picture {
    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);

    function give(address to, uint256 id) public {
        emit Transfer(msg.sender, to, id);
    }
}

/// ERC-1155's events alone.
contract Shelf {
    event TransferSingle(address indexed by, address indexed from, address indexed to, uint256 id, uint256 value);
    event TransferBatch(address indexed by, address indexed from, address indexed to, uint256[] ids, uint256[] values);

    function give(address to, uint256 id, uint256 value) public {
        emit TransferSingle(msg.sender, msg.sender, to, id, value);
    }

    function giveAll(address to, uint256[] memory ids, uint256[] memory values) public {
        emit TransferBatch(msg.sender, msg.sender, to, ids, values);
    }
}

/// Lies about itself, and logs what no standard knows.
contract Liar {
    event Transfer(address indexed from, address to, uint256 value);

    function decimals() public pure returns (uint256) {
        return 255;
    }

    function symbol() public pure returns (string memory) {
        bytes memory long = new bytes(100_000);
        for (uint256 at = 0; at < 40; at++) long[at] = at % 2 == 0 ? bytes1("A") : bytes1(0x07);
        return string(long);
    }

    function shout(address to) public {
        emit Transfer(msg.sender, to, 1);
    }
}
